// The explorer's map: places drawn by the server, whole without a script or a network; the map element takes over where it can.
import type { Dataset, Version } from '../../../model/dataset.ts';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';
import { type Choices, choiceParameters } from '../choices.ts';
import type { Places } from '../views.ts';
import { columnTitle, sourceLine } from './labels.ts';

type Props = {
  readonly context: PageContext;
  readonly dataset: Dataset;
  readonly version: Version;
  readonly choices: Choices;
  readonly places: Places | null;
  readonly label: string | null;
};

const listed = 50;

/** An element of our own: what is inside stays where it cannot run. */
const TerroirMap = 'terroir-map' as 'div';

export function MapPanel({ context, dataset, version, choices, places, label }: Props) {
  const { voice, site } = context;
  if (places === null || places.points.length === 0) return <p class="empty">{voice.say('map.none')}</p>;
  const { points, placed } = places;
  const said =
    points.length < placed
      ? voice.say('map.sample', { shown: voice.number(points.length), total: voice.number(placed) })
      : voice.count('map.all.one', 'map.all.many', placed);
  const { view: _view, page: _page, size: _size, ...filters } = choiceParameters(choices);
  const source = withQuery(urls.places(dataset.id), filters);
  return (
    <figure class="map-figure">
      <figcaption>{said}</figcaption>
      <TerroirMap lang={voice.lang} {...{ places: source, label: voice.say('map.title') }}>
        <PlacesDrawing places={places} title={voice.say('map.title')} said={said} />
      </TerroirMap>
      <script type="module" src={site.assetUrl('map.js')} />
      <p class="chart-source">{sourceLine(dataset, version, voice)}</p>
      <details>
        <summary>{voice.say('map.list')}</summary>
        {points.length > listed && <p>{voice.say('map.list.some', { shown: voice.number(listed) })}</p>}
        <div class="scroll" role="region" aria-label={voice.say('map.list')} tabindex={0}>
          <table>
            <caption class="visually-hidden">{voice.say('map.list')}</caption>
            <thead>
              <tr>
                <th scope="col">{label === null ? voice.say('map.place') : columnTitle(version, label)}</th>
                <th scope="col" class="number">
                  {voice.say('map.latitude')}
                </th>
                <th scope="col" class="number">
                  {voice.say('map.longitude')}
                </th>
              </tr>
            </thead>
            <tbody>
              {points.slice(0, listed).map((point, index) => (
                <tr key={index}>
                  <th scope="row">{point.label ?? index + 1}</th>
                  <td class="number">{point.lat.toFixed(5)}</td>
                  <td class="number">{point.lon.toFixed(5)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

const [width, height, margin] = [760, 440, 16];

/** Points alone, in Web Mercator as every map of the web; one size, so that none seems to weigh more. */
export function PlacesDrawing({ places, title, said }: { places: Places; title: string; said: string }) {
  const flat = places.points.map(({ lon, lat }) => ({ x: lon, y: mercator(lat) }));
  const xs = flat.map((p) => p.x);
  const ys = flat.map((p) => p.y);
  const [west, east, south, north] = [least(xs), most(xs), least(ys), most(ys)];
  const scale = Math.min(
    (width - 2 * margin) / Math.max(east - west, 1e-4),
    (height - 2 * margin) / Math.max(north - south, 1e-4),
  );
  const x = (value: number) => round(width / 2 + (value - (west + east) / 2) * scale);
  const y = (value: number) => round(height / 2 - (value - (south + north) / 2) * scale);
  return (
    <svg class="places" role="img" aria-labelledby="places-t places-d" viewBox={`0 0 ${width} ${height}`}>
      <title id="places-t">{title}</title>
      <desc id="places-d">{said}</desc>
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

const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
