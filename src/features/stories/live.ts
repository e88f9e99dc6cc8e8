// Reads what live blocks ask for, as anyone would: what a writer alone may see never comes into a story.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { nearest } from '../../lib/nearest.ts';
import { type ChartSpec, isMeasure } from '../../model/chart/spec.ts';
import { suggestCharts } from '../../model/chart/suggest.ts';
import type { Version } from '../../model/dataset.ts';
import type { Voice } from '../../web/language.ts';
import { urls, withQuery } from '../../web/urls.ts';
import {
  chartOf,
  findVersion,
  placesOf,
  queryVersion,
  readChoices,
  readVersion,
  whereOf,
  withCommune,
} from '../explore/service.ts';
import { isProblem } from './live-block.ts';
import { readText } from './markdown.ts';
import type { Hint, LiveAsk, LiveProblem, LiveView, ShownPart, ShownText, Source } from './schemas.ts';

const placesShown = 1000;
const rowsShown = { usual: 10, most: 50 } as const;

/** A text with what its live blocks show. A block that shows nothing says so; its writer is told why, by line. */
export async function showText(
  context: Context,
  body: string,
  place: { readonly publicUrl: string; readonly voice: Voice },
): Promise<ShownText> {
  const { voice, publicUrl } = place;
  const read = readText(body, {
    publicUrl,
    typeset: frenchOf(voice),
    noPicture: voice.say('stories.noPicture'),
    tableName: voice.say('stories.table'),
  });
  const hints: Hint[] = [...read.hints];
  const parts = await Promise.all(
    read.parts.map(async (part, index): Promise<ShownPart> => {
      if (part.kind === 'html') return part;
      const { ask, line } = part;
      const view = isProblem(ask) ? absent(ask) : await readLive(context, ask, line);
      if (view.kind === 'absent' && !isProblem(ask)) {
        const { problem } = view;
        hints.push({ line: problem.line, code: problem.code, values: problem.values });
      }
      const said = isProblem(ask) ? { title: null, unit: null } : { title: ask.title, unit: ask.unit };
      return { kind: 'live', id: `live-${index + 1}`, ...said, view };
    }),
  );
  return { parts, hints: hints.sort((a, b) => a.line - b.line) };
}

/** Texts are written in French, whatever the language of the page. */
function frenchOf(voice: Voice): (text: string) => string {
  return voice.lang === 'fr' ? voice.typeset : String;
}

function absent(problem: LiveProblem): LiveView {
  return { kind: 'absent', problem };
}

/** Never throws: data that does not answer is told, the rest of the page is shown. */
async function readLive(context: Context, ask: LiveAsk, line: number): Promise<LiveView> {
  const anyone: Context = { ...context, actor: { kind: 'anyone' } };
  const failed = (code: LiveProblem['code'], values: LiveProblem['values'] = {}) => absent({ code, line, values });
  try {
    const found = await findVersion(anyone, ask.dataset, readVersion(ask.query) ?? undefined);
    return await viewOf(anyone, found, ask, failed);
  } catch (error) {
    const code = error instanceof TerroirError ? error.code : '';
    if (code === 'dataset.withdrawn') return failed('datasetWithdrawn', { dataset: ask.dataset });
    if (code === 'dataset.unknown' || code.startsWith('version.'))
      return failed('datasetUnknown', { dataset: ask.dataset });
    if (code.startsWith('query.')) return failed('filter');
    context.log.warn({ error: String(error), dataset: ask.dataset }, 'a live block of a story could not be read');
    return failed('trouble');
  }
}

type Failed = (code: LiveProblem['code'], values?: LiveProblem['values']) => LiveView;

async function viewOf(
  context: Context,
  { dataset, version }: Pick<Source, 'dataset' | 'version'>,
  ask: LiveAsk,
  failed: Failed,
): Promise<LiveView> {
  const unknown = unknownColumn(ask, version);
  if (unknown !== null) {
    const names = version.fields.map(({ name }) => name);
    return failed('column', { column: unknown.slice(0, 60), nearest: nearest(unknown, names) });
  }
  const { rows: wanted, columns = '', ...query } = ask.query;
  const choices = readChoices(await withCommune(context, version.fields, query), version.fields);
  const where = whereOf(choices, version.fields);
  const source = (view: string | null): Source => ({
    dataset,
    version,
    href: `${withQuery(urls.dataset(dataset.id), { ...query, view })}#rows`,
  });
  if (ask.view === 'chart') {
    const [first] = suggestCharts(version.fields, version.profiles, version.rows);
    const spec = choices.chart ?? first;
    if (spec === undefined) return failed('noChart');
    const data = await chartOf(context, version, spec, where);
    return data.points.length === 0 ? failed('noRows') : { kind: 'chart', source: source('chart'), spec, data };
  }
  if (ask.view === 'map') {
    const places = await placesOf(context, version, where, { most: placesShown, label: labelColumn(version) });
    if (places === null) return failed('noPlaces');
    const data = withQuery(urls.places(dataset.id), query);
    return places.points.length === 0
      ? failed('noRows')
      : { kind: 'map', source: source('map'), places: { points: places.points, placed: places.placed }, data };
  }
  if (ask.view === 'figure') {
    const counted = figureSpec(ask, version, choices.chart);
    if (counted === null) return failed('notANumber');
    const value = await figureOf(context, version, counted, where);
    return value === null ? failed('noRows') : { kind: 'figure', source: source('table'), value, spec: counted };
  }
  const limit = Math.min(rowsShown.most, Math.max(1, Math.floor(Number(wanted)) || rowsShown.usual));
  const { sort } = choices.search;
  const order =
    sort === '' ? {} : { order_by: `\`${sort.replace(/^-/, '')}\` ${sort.startsWith('-') ? 'desc' : 'asc'}` };
  const { results, total_count } = await queryVersion(context, version, { where, limit, ...order });
  const named = String(columns)
    .split(',')
    .filter((name) => name !== '');
  const fields =
    named.length === 0
      ? version.fields.filter(({ type }) => type !== 'geojson')
      : named.flatMap((name) => version.fields.find((field) => field.name === name) ?? []);
  return results.length === 0
    ? failed('noRows')
    : { kind: 'table', source: source('table'), fields, rows: results, total: total_count };
}

/** The first column that a block names and that the table does not have. */
function unknownColumn({ query }: LiveAsk, { fields }: Version): string | null {
  const named = ['x', 'y', 'series', 'column', 'sort'].flatMap((key) => {
    const value = query[key];
    return typeof value === 'string' ? [key === 'sort' ? value.replace(/^-/, '') : value] : [];
  });
  const { refine = [] } = query;
  const refined = (typeof refine === 'string' ? [refine] : refine).map((one) => one.split(':')[0] ?? '');
  const shown = typeof query['columns'] === 'string' ? query['columns'].split(',').filter((name) => name !== '') : [];
  return [...named, ...refined, ...shown].find((name) => !fields.some((field) => field.name === name)) ?? null;
}

/** What a figure is of: a measure that the block or its chart names, else the rows. Null where the column has no numbers. */
function figureSpec(
  { query }: LiveAsk,
  { fields }: Version,
  chart: ChartSpec | null,
): Pick<ChartSpec, 'y' | 'aggregate'> | null {
  const name = typeof query['y'] === 'string' ? query['y'] : null;
  if (name === null || query['aggregate'] === 'count') return { y: null, aggregate: 'count' };
  const field = fields.find((one) => one.name === name);
  if (field === undefined || !isMeasure(field)) return null;
  const asked = (['sum', 'avg', 'min', 'max'] as const).find((one) => one === query['aggregate']);
  return { y: name, aggregate: asked ?? (chart?.y === name ? chart.aggregate : 'sum') };
}

async function figureOf(
  context: Context,
  version: Version,
  { y, aggregate }: Pick<ChartSpec, 'y' | 'aggregate'>,
  where: readonly string[],
): Promise<number | null> {
  const measure = y === null ? 'count(*)' : `${aggregate}(\`${y}\`)`;
  const { results } = await queryVersion(context, version, { select: `${measure} as value`, where, limit: 1 });
  const value = results[0]?.['value'];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** The column that names a place best: a name, else the first text. */
function labelColumn({ fields }: Version): string | null {
  const texts = fields.filter(({ type, role }) => type === 'string' && (role === null || role === 'address'));
  const telling = texts.find(({ name }) => /(^|_)(nom|name|libelle|intitule|titre|title)(_|$)/.test(name));
  return (telling ?? texts[0])?.name ?? null;
}
