// The places of a story: drawn by the server, listed beside, taken over by the map element where scripts run.
import type { PageContext } from '../../../web/page.ts';
import type { LiveView, ShownPart, StoryPlaces } from '../schemas.ts';
import { SourceLine } from './source-line.tsx';

type Props = {
  readonly context: PageContext;
  readonly live: Extract<ShownPart, { kind: 'live' }>;
  readonly view: Extract<LiveView, { kind: 'map' }>;
};

const listed = 50;
/** An element of our own: what is inside stays where it cannot run. */
const TerroirMap = 'terroir-map' as 'div';

export function PlacesFigure({ context: { voice, site }, live, view: { source, places, data } }: Props) {
  const { points, placed } = places;
  const title = live.title ?? voice.say('stories.live.places', { title: source.dataset.title });
  const said =
    points.length < placed
      ? voice.say('stories.live.places.shown', { shown: voice.number(points.length), total: voice.number(placed) })
      : voice.say(voice.isOne(placed) ? 'stories.live.places.one' : 'stories.live.places.all', {
          total: voice.number(placed),
        });
  return (
    <figure class="map-figure story-live">
      <figcaption>
        <strong>{title}</strong> <span class="chart-summary">{said}</span>
      </figcaption>
      <TerroirMap lang={voice.lang} {...{ places: data, label: title }}>
        <Drawing places={places} title={title} said={said} id={live.id} />
      </TerroirMap>
      <script type="module" src={site.assetUrl('map.js')} />
      <details>
        <summary>{voice.say('stories.live.places.list')}</summary>
        <ul class="story-places">
          {points.slice(0, listed).map((point, index) => (
            <li key={index}>{point.label ?? `${point.lat.toFixed(4)}, ${point.lon.toFixed(4)}`}</li>
          ))}
        </ul>
        {points.length > listed && (
          <p>{voice.say('stories.live.places.shown', { shown: voice.number(listed), total: voice.number(placed) })}</p>
        )}
      </details>
      <SourceLine voice={voice} source={source} />
    </figure>
  );
}

const [width, height, margin] = [760, 440, 16];

type DrawingProps = {
  readonly places: StoryPlaces;
  readonly title: string;
  readonly said: string;
  readonly id: string;
};

/** Points alone, in Web Mercator as every map of the web; one size, so that none seems to weigh more. */
function Drawing({ places, title, said, id }: DrawingProps) {
  const flat = places.points.map(({ lon, lat }) => ({ x: lon, y: mercator(lat) }));
  const [west, east] = rangeOf(flat.map(({ x }) => x));
  const [south, north] = rangeOf(flat.map(({ y }) => y));
  const scale = Math.min(
    (width - 2 * margin) / Math.max(east - west, 1e-4),
    (height - 2 * margin) / Math.max(north - south, 1e-4),
  );
  const x = (value: number) => round(width / 2 + (value - (west + east) / 2) * scale);
  const y = (value: number) => round(height / 2 - (value - (south + north) / 2) * scale);
  return (
    <svg class="places" role="img" aria-labelledby={`${id}-t ${id}-d`} viewBox={`0 0 ${width} ${height}`}>
      <title id={`${id}-t`}>{title}</title>
      <desc id={`${id}-d`}>{said}</desc>
      <rect class="places-ground" width={width} height={height} />
      <g class="places-points">
        {flat.map((p, index) => (
          <circle key={index} cx={x(p.x)} cy={y(p.y)} r={flat.length > 500 ? 2.2 : 4} />
        ))}
      </g>
    </svg>
  );
}

/** Degrees, so that both axes have the same unit. */
function mercator(lat: number): number {
  const bounded = Math.max(-85, Math.min(85, lat));
  return (Math.log(Math.tan(Math.PI / 4 + (bounded * Math.PI) / 360)) * 180) / Math.PI;
}

function rangeOf(values: readonly number[]): readonly [number, number] {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
