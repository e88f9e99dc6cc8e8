// A dataset inside the page of another site: its chart, its map or its first rows, whose they are, and the way to the whole.
import { drawChart } from '../../../model/chart/draw.ts';
import type { ChartData, ChartSpec } from '../../../model/chart/spec.ts';
import { chartLabel, chartNumber, chartSummary, chartTitle, measureLabel } from '../../../model/chart/summary.ts';
import type { Dataset, Version } from '../../../model/dataset.ts';
import type { Field } from '../../../model/field.ts';
import { licenceById } from '../../../model/reference.ts';
import type { Voice } from '../../../web/language.ts';
import type { PageContext } from '../../../web/page.ts';
import { urls, withQuery } from '../../../web/urls.ts';

export type EmbedView =
  | { readonly kind: 'chart'; readonly spec: ChartSpec; readonly data: ChartData }
  | {
      readonly kind: 'map';
      readonly names: readonly string[];
      readonly placed: number;
      /** The filters, as the query of an address. */
      readonly filters: string;
    }
  | { readonly kind: 'table'; readonly rows: readonly Readonly<Record<string, unknown>>[]; readonly total: number };

export type EmbedData = { readonly dataset: Dataset; readonly version: Version; readonly view: EmbedView };
type Props = { readonly context: PageContext; readonly data: EmbedData };

/** Text keeps its size on a phone: the drawing is made for each width, and CSS shows one. */
const widths = { wide: 760, middle: 540, narrow: 280 } as const;
const longestCell = 120;
/** The element of maps (src/elements/map.ts): Preact knows the tags of HTML alone. */
const TerroirMap = 'terroir-map' as 'div';

export function EmbedPage({ context, data }: Props) {
  const { voice, site, query } = context;
  const { dataset, version, view } = data;
  const page = site.publicUrl + urls.dataset(dataset.id);
  const licence = licenceById(dataset.licence);
  return (
    <html lang={voice.lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${dataset.title} · ${site.name}`}</title>
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <link rel="canonical" href={page} />
        <link rel="stylesheet" href={site.assetUrl('app.css')} />
      </head>
      <body class="embed">
        <main>
          <h1 lang={voice.written}>{dataset.title}</h1>
          {view.kind === 'chart' && <Chart voice={voice} version={version} view={view} />}
          {view.kind === 'map' && <Places context={context} data={data} view={view} />}
          {view.kind === 'table' && <Rows voice={voice} fields={version.fields} view={view} />}
        </main>
        <footer>
          <p>
            {voice.say('chart.source', {
              producer: dataset.organization.name,
              title: dataset.title,
              date: voice.date(version.createdAt),
              licence: licence === null ? dataset.licence : voice.of(licence.title),
            })}
          </p>
          <p>
            <a href={query === '' ? page : `${page}?${query}`} target="_blank" rel="noopener">
              {voice.say('discovery.embed.open', { site: site.name })}
            </a>
          </p>
        </footer>
      </body>
    </html>
  );
}

function Chart({
  voice,
  version,
  view: { spec, data },
}: {
  readonly voice: Voice;
  readonly version: Version;
  readonly view: Extract<EmbedView, { kind: 'chart' }>;
}) {
  const { lang } = voice;
  const titleOf = (name: string | null) =>
    name === null ? null : version.fields.find((field) => field.name === name)?.title || name;
  const labels = { x: titleOf(spec.x) ?? spec.x, y: titleOf(spec.y), series: titleOf(spec.series) };
  const title = voice.typeset(chartTitle(spec, labels, lang));
  const summary = chartSummary(spec, data, labels, lang);
  if (data.points.length === 0) return <p>{voice.say('discovery.embed.nothing')}</p>;
  return (
    <figure class="chart-figure">
      <figcaption>
        <strong>{title}</strong>
        <span class="chart-summary">{summary}</span>
      </figcaption>
      {Object.entries(widths).map(([name, width]) => (
        <div
          key={name}
          class={`chart-drawing ${name}`}
          dangerouslySetInnerHTML={{
            __html: drawChart({ spec, data, title, summary, lang, width, id: `embed-${name}` }),
          }}
        />
      ))}
      <details class="chart-numbers">
        <summary>{voice.say('chart.numbers')}</summary>
        <div class="scroll" role="region" aria-label={title} tabindex={0}>
          <table>
            <caption class="visually-hidden">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{labels.x}</th>
                {labels.series !== null && <th scope="col">{labels.series}</th>}
                <th scope="col" class="number">
                  {measureLabel(spec, labels.y, lang)}
                </th>
              </tr>
            </thead>
            <tbody>
              {data.points.slice(0, 100).map((point, index) => (
                <tr key={index}>
                  <th scope="row">{chartLabel(point.x, lang)}</th>
                  {labels.series !== null && <td>{point.series}</td>}
                  <td class="number">{chartNumber(point.y, lang)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

/** The map where scripts run; the list of the places everywhere else. */
function Places({
  context: { voice, site },
  data: { dataset },
  view,
}: Props & { readonly view: Extract<EmbedView, { kind: 'map' }> }) {
  const title = voice.say('discovery.embed.places', { title: dataset.title });
  return (
    <>
      <TerroirMap {...{ dataset: dataset.id, filters: view.filters, label: title }}>
        <p>
          {voice.say('discovery.embed.placed', {
            shown: voice.number(view.names.length),
            placed: voice.number(view.placed),
          })}
        </p>
        <ul>
          {view.names.map((name, index) => (
            <li key={index}>{name}</li>
          ))}
        </ul>
      </TerroirMap>
      <script type="module" src={site.assetUrl('map.js')} />
    </>
  );
}

function Rows({
  voice,
  fields,
  view: { rows, total },
}: {
  readonly voice: Voice;
  readonly fields: readonly Field[];
  readonly view: Extract<EmbedView, { kind: 'table' }>;
}) {
  if (rows.length === 0) return <p>{voice.say('discovery.embed.nothing')}</p>;
  const all = voice.count('dataset.rows.one', 'dataset.rows.many', total);
  const caption =
    rows.length < total
      ? voice.say('discovery.embed.table', { shown: voice.number(rows.length), rows: voice.number(total) })
      : all;
  const shown = fields.filter((field) => field.type !== 'geojson');
  return (
    <div class="scroll" role="region" aria-label={caption} tabindex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {shown.map((field) => (
              <th key={field.name} scope="col" class={isNumber(field) ? 'number' : undefined}>
                {field.title || field.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {shown.map((field) => (
                <td key={field.name} class={isNumber(field) ? 'number' : undefined}>
                  {cellText(row[field.name], field, voice)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function isNumber({ type, role }: Field): boolean {
  return (type === 'integer' || type === 'number') && (role === null || role === 'amount');
}

function cellText(value: unknown, field: Field, voice: Voice): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return isNumber(field) ? voice.exact(value) : String(value);
  if (typeof value === 'boolean') return chartLabel(String(value), voice.lang);
  if (field.type === 'date') return voice.day(String(value));
  if (typeof value === 'object') {
    const { lat, lon } = value as { readonly lat?: unknown; readonly lon?: unknown };
    return typeof lat === 'number' && typeof lon === 'number' ? `${lat}, ${lon}` : JSON.stringify(value);
  }
  const text = String(value);
  return text.length > longestCell ? `${text.slice(0, longestCell)}…` : text;
}

/** The address of the same, for the data of the page. */
export function embedFacts({ dataset, version, view }: EmbedData): unknown {
  return {
    dataset: dataset.id,
    title: dataset.title,
    version: version.number,
    records: withQuery(urls.records(dataset.id), { version: version.number }),
    view,
  };
}
