import { type CSSResultGroup, css, html, type TemplateResult } from 'lit';
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { PortalElement } from './portal-element.ts';

type Places = {
  readonly numberMatched: number;
  readonly numberReturned: number;
  readonly source: string;
  readonly features: readonly {
    readonly geometry: { readonly coordinates: readonly [number, number] };
    readonly properties: { readonly name: string | null };
  }[];
};

/**
 * The places of a dataset's rows, grouped where they are many, with the same places as a list. Without WebGL, what is
 * inside the element stays.
 *
 * @element terroir-map
 * @attr base - The address of the portal; empty for this one.
 * @attr dataset - The identifier of the dataset.
 * @attr filters - The filters of an address of the explorer.
 * @attr places - The address of the places, instead of a dataset's own.
 * @attr basemap - The address of a MapLibre style (IGN, OpenStreetMap) drawn below; none is needed.
 * @attr label - What the map shows, for those who do not see it.
 * @cssprop --terroir-map-height - Its height, 26rem when absent.
 * @cssprop --terroir-map-point - The colour of the points.
 * @csspart map - The map. @csspart list - The list. @csspart source - The line of the source.
 * @example <terroir-map dataset="arbres-tours"></terroir-map>
 */
export class TerroirMap extends PortalElement {
  static override properties: Record<string, object> = {
    ...PortalElement.properties,
    places: {},
    basemap: {},
    label: {},
    drawn: { state: true },
  };

  static override styles: CSSResultGroup = [
    PortalElement.styles,
    css`
      .map { position: relative; height: var(--terroir-map-height, 26rem); max-height: 80vh; border: 1px solid var(--terroir-line, #8888); border-radius: 0.4em; overflow: hidden; background: var(--terroir-surface, #f3ead7); }
      .map canvas { position: absolute; inset: 0; }
      .map .maplibregl-canvas:focus-visible { outline-offset: -3px; }
      .map .maplibregl-control-container { display: none; }
      .map .maplibregl-popup { position: absolute; top: 0; left: 0; display: flex; will-change: transform; pointer-events: none; max-width: 16rem; }
      .map .maplibregl-popup-content { padding: 0.5em 0.8em; background: Canvas; color: CanvasText; border: 1px solid; border-radius: 0.4em; pointer-events: auto; }
      .map .maplibregl-popup-close-button { float: inline-end; border: 0; min-height: 1.5em; padding: 0 0.3em; }
      .buttons { position: absolute; inset-block-start: 0.6em; inset-inline-end: 0.6em; z-index: 2; display: grid; gap: 0.3em; }
      .buttons button { width: 2.75em; padding: 0; }
      @media (prefers-color-scheme: dark) { .map { background: var(--terroir-surface, #262e33); } }
    `,
  ];

  declare places: string;
  declare basemap: string;
  declare label: string;
  /** Whether the map could be drawn; until then the fallback stays. */
  declare drawn: boolean;
  #answer: Places | null = null;
  #map: MapLibreMap | null = null;

  constructor() {
    super();
    this.places = '';
    this.basemap = '';
    this.label = '';
    this.drawn = false;
    this.state = 'ready';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#map?.remove();
    this.#map = null;
    this.drawn = false;
  }

  protected override watched() {
    return [...super.watched(), 'places'];
  }

  protected override async load(): Promise<void> {
    if (this.places !== '') this.#answer = (await this.get(this.places)) as Places;
    else if (this.datasetId !== '')
      this.#answer = (await this.get(
        `/datasets/${encodeURIComponent(this.datasetId)}/places.json`,
        new URLSearchParams(this.filters),
      )) as Places;
    this.requestUpdate();
    await this.updateComplete;
    await this.#draw();
  }

  override render(): TemplateResult {
    if (this.state === 'failed' && this.childElementCount === 0) return super.render();
    return html`
      <div class="map" part="map" ?hidden=${!this.drawn} role="group" aria-label=${this.label || this.say('map')}>
        <div class="buttons">
          <button type="button" aria-label=${this.say('zoomIn')} @click=${() => this.#map?.zoomIn()}>+</button>
          <button type="button" aria-label=${this.say('zoomOut')} @click=${() => this.#map?.zoomOut()}>−</button>
        </div>
      </div>
      ${this.drawn ? '' : html`<slot></slot>`} ${this.places === '' ? this.#twin() : ''}`;
  }

  protected override show(): TemplateResult {
    return html``;
  }

  /** The same places for those who do not use a map. */
  #twin(): TemplateResult {
    const { numberMatched = 0, numberReturned = 0, features = [] } = this.#answer ?? {};
    const said =
      numberReturned < numberMatched
        ? this.say('some', { shown: this.number(numberReturned), total: this.number(numberMatched) })
        : this.say('places', { count: this.number(numberMatched) });
    return html`<p role="status">${said}</p>
      <details part="list">
        <summary>${this.say('list')}</summary>
        <ul>
          ${features.slice(0, 50).map(({ properties, geometry: { coordinates } }) => html`<li>${properties.name ?? ''} (${coordinates[1].toFixed(5)}, ${coordinates[0].toFixed(5)})</li>`)}
        </ul>
      </details>
      ${this.sourceLine()}`;
  }

  async #draw(): Promise<void> {
    const answer = this.#answer;
    const container = this.renderRoot.querySelector<HTMLElement>('.map');
    if (answer === null || answer.features.length === 0 || container === null) return;
    if (this.#map !== null) {
      (this.#map.getSource('places') as GeoJSONSource | undefined)?.setData(collection(answer));
      return;
    }
    if (document.createElement('canvas').getContext('webgl2') === null) return;
    const { Map: MapView, Popup, setWorkerUrl } = await import('maplibre-gl');
    setWorkerUrl(await workerAddress());
    this.drawn = true;
    await this.updateComplete;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const colour = getComputedStyle(this).getPropertyValue('--terroir-map-point').trim() || '#1d5873';
    const map = new MapView({
      container,
      style: this.basemap === '' ? { version: 8, sources: {}, layers: [] } : this.basemap,
      bounds: boundsOf(answer),
      fitBoundsOptions: { padding: 30, maxZoom: 16 },
      attributionControl: false,
      cooperativeGestures: false,
      scrollZoom: false,
      ...(still && { fadeDuration: 0 }),
    });
    this.#map = map;
    map.on('error', ({ error }) => {
      if (/worker/i.test(error.message)) this.drawn = false;
    });
    map.getCanvas().setAttribute('aria-label', this.label || this.say('map'));
    map.on('load', () => {
      map.addSource('places', {
        type: 'geojson',
        data: collection(answer),
        cluster: true,
        clusterRadius: 36,
        clusterMaxZoom: 15,
      });
      map.addLayer({
        id: 'clusters',
        type: 'circle',
        source: 'places',
        filter: ['has', 'point_count'],
        paint: {
          'circle-color': colour,
          'circle-opacity': 0.75,
          'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'point_count']], 1, 7, 30, 30],
        },
      });
      map.addLayer({
        id: 'points',
        type: 'circle',
        source: 'places',
        filter: ['!', ['has', 'point_count']],
        paint: {
          'circle-color': colour,
          'circle-radius': 6,
          'circle-stroke-width': 1.5,
          'circle-stroke-color': '#ffffff',
        },
      });
    });
    const zoom = (center: [number, number], level: number) =>
      still ? map.jumpTo({ center, zoom: level }) : map.easeTo({ center, zoom: level });
    map.on('click', 'clusters', async ({ features }) => {
      const [cluster] = features ?? [];
      const source = map.getSource('places') as GeoJSONSource;
      if (cluster === undefined || cluster.geometry.type !== 'Point') return;
      const level = await source.getClusterExpansionZoom(Number(cluster.properties['cluster_id']));
      zoom(cluster.geometry.coordinates as [number, number], level);
    });
    map.on('click', 'points', ({ features, lngLat }) => {
      const name: unknown = features?.[0]?.properties['name'];
      if (typeof name === 'string') new Popup().setLngLat(lngLat).setText(name).addTo(map);
    });
  }
}

/** The build names files by their content: the list of names says where the worker is. */
async function workerAddress(): Promise<string> {
  const names = (await (
    await fetch(new URL('manifest.json', import.meta.url), { cache: 'no-cache' })
  ).json()) as Readonly<Record<string, string>>;
  const address = new URL(names['maplibre-gl-worker.mjs'] ?? 'maplibre-gl-worker.mjs', import.meta.url).href;
  if (new URL(address).origin === location.origin) return address;
  // A worker must come from the page's own origin: a line that imports ours does.
  return URL.createObjectURL(new Blob([`import ${JSON.stringify(address)};`], { type: 'text/javascript' }));
}

function collection({ features }: Places): GeoJSON.FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: features.map(({ geometry, properties }) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [...geometry.coordinates] },
      properties,
    })),
  };
}

function boundsOf({ features }: Places): [number, number, number, number] {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const { geometry } of features) {
    const [lon, lat] = geometry.coordinates;
    [west, east] = [Math.min(west, lon), Math.max(east, lon)];
    [south, north] = [Math.min(south, lat), Math.max(north, lat)];
  }
  return [west, south, east, north];
}

customElements.define('terroir-map', TerroirMap);
