// Before and after: where the places would fall as they stand, and where they are once read as we guessed; with their table.
import type { Examination } from '../../../model/examination.ts';
import { franceOutline } from '../../../model/france-outline.ts';
import type { Voice } from '../../../web/language.ts';

type Props = { readonly voice: Voice; readonly examination: Examination };
type Place = Examination['places'][number];

/** Rows listed beside the maps. */
const listed = 5;

export function PlacesMap({ voice, examination: { places, geometry } }: Props) {
  const [first] = places;
  if (first === undefined || geometry === null) return null;
  const asTheyStand = places.map(degreesAsRead).filter((each) => each !== null);
  return (
    <section aria-labelledby="places" class="card">
      <h2 id="places">{voice.say('check.map')}</h2>
      <p>{voice.say('check.map.lead', { source: geometry.source, crs: geometry.crs })}</p>
      <div class="before-after">
        <figure>
          <figcaption>{voice.say('check.map.before')}</figcaption>
          {asTheyStand.length === 0 ? (
            <p>{voice.say('check.map.before.metres')}</p>
          ) : (
            <WorldMap voice={voice} points={asTheyStand} />
          )}
        </figure>
        <figure>
          <figcaption>{voice.say('check.map.after')}</figcaption>
          <FranceMap voice={voice} points={places.map(({ lon, lat }) => [lon, lat] as const)} />
        </figure>
      </div>
      <PlaceTable voice={voice} places={places.slice(0, listed)} />
    </section>
  );
}

type Point = readonly [number, number];
type MapProps = { readonly voice: Voice; readonly points: readonly Point[] };

/** What a program that reads « latitude, longitude » would make of two degrees that stand the other way round. */
function degreesAsRead({ read, lon, lat }: Place): Point | null {
  const [a, b] = read.split(/\s*[;,]\s*/).map((text) => Number(text.replace(',', '.')));
  if (a === undefined || b === undefined || !(Math.abs(a) <= 180 && Math.abs(b) <= 180)) return null;
  // Only where they changed places: else before and after are the same.
  const swapped =
    Math.abs(lon - lat) > 1e-9 && [a, b].every((value) => Math.abs(value - lon) < 1e-6 || Math.abs(value - lat) < 1e-6);
  return swapped ? [lat, lon] : null;
}

function WorldMap({ voice, points }: MapProps) {
  const [first] = points;
  const [lon, lat] = first ?? [0, 0];
  const label = voice.say('check.map.world', { lat: voice.number(lat), lon: voice.number(lon) });
  return (
    <svg viewBox="-180 -90 360 180" role="img" aria-label={label} class="small-map">
      <rect class="sea" x="-180" y="-90" width="360" height="180" />
      <path class="grid" d="M-180 0H180M0-90V90M-180-45H180M-180 45H180M-90-90V90M90-90V90" />
      <path class="land" d={pathOf(franceOutline, (p) => [p[0], -p[1]])} />
      {points.map(([x, y], index) => (
        <circle key={index} cx={x} cy={-y} r="4" class="dot" />
      ))}
    </svg>
  );
}

/** Degrees are drawn narrower, as they are at that height of the globe. */
const narrowed = Math.cos((46.5 * Math.PI) / 180);

function FranceMap({ voice, points }: MapProps) {
  const [first] = points;
  const [lon, lat] = first ?? [0, 0];
  const label = voice.say('check.map.france', { lat: voice.number(lat), lon: voice.number(lon) });
  const xs = [...franceOutline, ...points].map((p) => p[0] * narrowed);
  const ys = [...franceOutline, ...points].map((p) => -p[1]);
  const [left, top] = [Math.min(...xs) - 0.3, Math.min(...ys) - 0.3];
  const [width, height] = [Math.max(...xs) + 0.3 - left, Math.max(...ys) + 0.3 - top];
  return (
    <svg viewBox={`${left} ${top} ${width} ${height}`} role="img" aria-label={label} class="small-map">
      <rect class="sea" x={left} y={top} width={width} height={height} />
      <path class="land" d={pathOf(franceOutline, (p) => [p[0] * narrowed, -p[1]])} />
      {points.map(([x, y], index) => (
        <circle key={index} cx={x * narrowed} cy={-y} r={width / 90} class="dot" />
      ))}
    </svg>
  );
}

function pathOf(points: readonly Point[], at: (point: Point) => Point): string {
  return `M${points.map((point) => at(point).join(' ')).join('L')}Z`;
}

function PlaceTable({ voice, places }: { readonly voice: Voice; readonly places: readonly Place[] }) {
  const caption = voice.say('check.map.table');
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{voice.say('check.map.row')}</th>
            <th scope="col">{voice.say('check.map.read')}</th>
            <th scope="col">{voice.say('check.map.latitude')}</th>
            <th scope="col">{voice.say('check.map.longitude')}</th>
          </tr>
        </thead>
        <tbody>
          {places.map(({ row, read, lon, lat }) => (
            <tr key={row}>
              <th scope="row">{voice.number(row)}</th>
              <td>{read.length > 60 ? `${read.slice(0, 60)}…` : read}</td>
              <td>{voice.exact(Math.round(lat * 1e5) / 1e5)}</td>
              <td>{voice.exact(Math.round(lon * 1e5) / 1e5)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
