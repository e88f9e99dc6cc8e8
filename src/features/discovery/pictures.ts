// The pictures to share of the portal, of a dataset, a commune, an organization: what each shows, drawn once per version.
import type { Context } from '../../context.ts';
import { suggestCharts } from '../../model/chart/suggest.ts';
import { chartLabel, chartNumber, chartTitle, isOrdered } from '../../model/chart/summary.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import type { Voice } from '../../web/language.ts';
import { pictureRevision } from '../../web/share.ts';
import { getCommune, getDataset, getOrganization, searchCatalog } from '../catalog/service.ts';
import { chartOf, placesOf } from '../explore/service.ts';
import { territoryDrawing } from '../face/service.ts';
import { composePicture } from './picture/compose.ts';
import { pngOf } from './picture/png.ts';
import type { PictureFacts, Visual } from './schemas.ts';

/** A picture and the name of what it shows: the same name, the same picture. */
export type Picture = { readonly png: Buffer; readonly revision: string };

export type PicturePlace = { readonly voice: Voice; readonly site: string; readonly publicUrl: string };

/** Pictures that are kept: of 20 to 60 kB each. */
const keptAtMost = 200;
const placesDrawn = 1500;
/** Asks how many there are. */
const one = { q: '', selected: {}, sort: 'recent', page: 1, pageSize: 1 } as const;
const kept = new WeakMap<object, Map<string, Promise<Buffer>>>();
/** One is drawn after the other: whoever asks for thousands waits, nobody else does. */
let turn: Promise<unknown> = Promise.resolve();

/** @throws TerroirError dataset.unknown, dataset.withdrawn */
export async function pictureOfDataset(context: Context, id: string, place: PicturePlace): Promise<Picture> {
  const dataset = await getDataset(context, id);
  const { version, organization, title } = dataset;
  const revision = pictureRevision(dataset);
  return draw(context, `dataset ${id} ${revision}`, revision, place, async () => ({
    kicker: organization.name,
    title,
    figure: version === null ? null : await figureOf(version, place.voice),
    visual: version === null ? null : await visualOf(context, dataset, version, place.voice),
  }));
}

/** @throws TerroirError commune.unknown */
export async function pictureOfCommune(context: Context, insee: string, place: PicturePlace): Promise<Picture> {
  const { commune } = await getCommune(context, insee);
  const { total } = await searchCatalog(context, { ...one, selected: { commune: [insee] } });
  return drawPlace(context, `commune ${insee}`, place, {
    kicker: place.voice.say('discovery.picture.commune'),
    title: commune.name,
    datasets: total,
    current: insee,
  });
}

/** @throws TerroirError organization.unknown */
export async function pictureOfOrganization(context: Context, slug: string, place: PicturePlace): Promise<Picture> {
  const { name, datasets, insee } = await getOrganization(context, slug);
  return drawPlace(context, `organization ${slug}`, place, {
    kicker: place.voice.say('discovery.picture.producer'),
    title: name,
    datasets,
    current: insee,
  });
}

/** The picture of every page that has none of its own. */
export async function pictureOfPortal(context: Context, place: PicturePlace): Promise<Picture> {
  const { total } = await searchCatalog(context, one);
  const kicker = place.voice.say('discovery.picture.dataset');
  return drawPlace(context, 'portal', place, { kicker, title: place.site, datasets: total, current: null });
}

type PlaceFacts = {
  readonly kicker: string;
  readonly title: string;
  readonly datasets: number;
  readonly current: string | null;
};

async function drawPlace(context: Context, name: string, place: PicturePlace, facts: PlaceFacts): Promise<Picture> {
  const { kicker, title, datasets, current } = facts;
  const drawing = await territoryDrawing(context);
  const label = place.voice.plural(datasets, 'discovery.picture.one', 'discovery.picture.datasets');
  const revision = JSON.stringify([title, datasets, drawing?.border.length ?? 0]);
  return draw(context, `${name} ${revision}`, revision, place, async () => ({
    kicker,
    title,
    figure: datasets === 0 ? null : { value: place.voice.number(datasets), label },
    visual: drawing === null ? null : { kind: 'territory', drawing, current },
  }));
}

type Told = Pick<PictureFacts, 'kicker' | 'title' | 'figure' | 'visual'>;

async function draw(
  context: Context,
  name: string,
  revision: string,
  { voice, site, publicUrl }: PicturePlace,
  facts: () => Promise<Told>,
): Promise<Picture> {
  const known = kept.get(context.db) ?? new Map<string, Promise<Buffer>>();
  kept.set(context.db, known);
  const key = `${voice.lang} ${site} ${name}`;
  const before = known.get(key);
  // Taken out and put back: what was asked for lately stays longest.
  known.delete(key);
  const png =
    before ??
    inTurn(async () => {
      const drawing = await territoryDrawing(context);
      const mark = drawing === null ? null : { path: drawing.mark, width: drawing.width, height: drawing.height };
      return pngOf(composePicture({ ...(await facts()), site, host: new URL(publicUrl).host, mark }));
    });
  known.set(key, png);
  png.catch(() => known.delete(key));
  const [oldest] = known.keys();
  if (known.size > keptAtMost && oldest !== undefined) known.delete(oldest);
  return { png: await png, revision };
}

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = turn.then(work);
  turn = next.catch(() => undefined);
  return next;
}

async function figureOf({ rows }: Version, voice: Voice): Promise<PictureFacts['figure']> {
  return { value: voice.number(rows), label: voice.plural(rows, 'discovery.picture.row', 'discovery.picture.rows') };
}

/** Where it is when it has places; else its first chart; else its columns. What cannot be counted is no reason for no picture. */
async function visualOf(context: Context, dataset: Dataset, version: Version, voice: Voice): Promise<Visual> {
  const columns: Visual = { kind: 'columns', titles: version.fields.map((field) => field.title || field.name) };
  try {
    const places =
      version.geometry === null ? null : await placesOf(context, version, [], { most: placesDrawn, label: null });
    if (places !== null && places.points.length > 2) return { kind: 'places', points: places.points };
    return (await chartVisual(context, version, voice)) ?? columns;
  } catch (error) {
    context.log.warn({ dataset: dataset.id, error: String(error) }, 'the picture to share has no chart');
    return columns;
  }
}

async function chartVisual(context: Context, version: Version, { lang, typeset }: Voice): Promise<Visual | null> {
  const spec = suggestCharts(version.fields, version.profiles, version.rows).find(
    ({ mark, series }) => (mark === 'bar' || mark === 'line' || mark === 'area') && series === null,
  );
  if (spec === undefined) return null;
  const { points } = await chartOf(context, version, spec, []);
  if (points.length < 2) return null;
  const titleOf = (name: string) => version.fields.find((field) => field.name === name)?.title || name;
  const labels = { x: titleOf(spec.x), y: spec.y === null ? null : titleOf(spec.y) };
  const title = typeset(chartTitle(spec, labels, lang));
  const bars = points.map(({ x, y }) => ({ label: chartLabel(x, lang), value: y, text: chartNumber(y, lang) }));
  if (!isOrdered(points)) return { kind: 'bars', title, bars };
  return { kind: 'course', title, points: bars, line: spec.mark !== 'bar' || bars.length > 24 };
}
