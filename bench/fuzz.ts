// Questions made up and then broken, in every language that we read: a plan or a refusal, never a failure, never another table.
import fc from 'fast-check';
import { compileCql2 } from '../src/data/query/cql2-compile.ts';
import { parseCql2Json } from '../src/data/query/cql2-json.ts';
import { parseCql2Text } from '../src/data/query/cql2-text.ts';
import { featureTable } from '../src/data/query/feature-table.ts';
import { parseQuery } from '../src/data/query/parse.ts';
import { planRecords } from '../src/data/query/plan.ts';
import { conditionOf } from '../src/data/query/q-language.ts';
import { both, readRefinements, refinementCondition } from '../src/data/query/refinements.ts';
import { openSample, type Sample } from '../src/data/query/sample.ts';
import { usualSettings } from '../src/data/query/settings.ts';
import { readSolr } from '../src/features/ckan/solr.ts';
import { TerroirError } from '../src/lib/errors.ts';
import { type Asked, anything } from '../test/odsql-grammar.ts';
import { timed, withPublished } from './published.ts';
import { alone, type Measure } from './result.ts';

type Tally = { asked: number; planned: number; refused: number; failures: string[]; strangers: string[] };

/** How many questions of each language; some thousands more are sent to a server. */
const counts = { odsql: 100_000, odsqlBroken: 60_000, cql2Text: 30_000, cql2Json: 15_000, q: 15_000, fq: 15_000 };
const sent = 3000;

const cql2Texts = [
  "nom LIKE 'Pl%' AND NOT (annee BETWEEN 2001 AND 2020)",
  "CASEI(nom) = CASEI('ÉCOLE') OR ACCENTI(nom) IN (ACCENTI('a'), 'b')",
  'S_INTERSECTS(geometry, POLYGON((0 47, 1 47, 1 48, 0 48, 0 47)))',
  'S_WITHIN(geometry, BBOX(0.6, 47.3, 0.8, 47.5)) AND montant * 2 + 1 >= 100 ^ 2',
  "T_DURING(jour, INTERVAL('2024-01-01', '..')) OR jour = DATE('2024-02-29')",
  "A_CONTAINS(mots, ('a', 'b')) OR nom IS NOT NULL AND montant div 3 <> 7 % 2",
];
const cql2Jsons = [
  '{"op":"and","args":[{"op":"=","args":[{"property":"nom"},"Platane"]},{"op":"isNull","args":[{"property":"montant"}]}]}',
  '{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[0.6,47.3]}]}',
  '{"op":"between","args":[{"property":"montant"},1,{"op":"+","args":[2,3]}]}',
  '{"op":"in","args":[{"op":"casei","args":[{"property":"nom"}]},["a","b"]]}',
];
const qs = [
  'nom:Tours AND (annee>=2020 OR NOT prix<3)',
  '#exact(nom,"a b") -x "y z"',
  'jour:[2020 TO 2024] #now(years=-1)',
];
const fqs = [
  'organization:(a OR b) AND NOT tags:"x y"',
  'metadata_modified:[2024-01-01T00:00:00Z TO *]',
  '-res_format:CSV~2 +x*',
];

export async function fuzz(): Promise<readonly Measure[]> {
  const sample = await openSample();
  const tally: Tally = { asked: 0, planned: 0, refused: 0, failures: [], strangers: [] };
  try {
    const settings = { ...usualSettings(), timezone: 'Europe/Paris', lang: 'fr' };
    const plan = ({ texts, refine }: Asked) => {
      const tree = parseQuery(texts);
      const where = both(tree.where, refinementCondition(readRefinements(sample.version, { refine })));
      return planRecords(sample.version, { ...tree, where }, settings).page(0, 10).sql;
    };
    each(anything, counts.odsql, (one) => ask(tally, sample, one, () => plan(one)));
    each(fc.tuple(anything, breaks), counts.odsqlBroken, ([{ texts, refine }, how]) => {
      const broken = brokenTexts(texts, how);
      ask(tally, sample, broken, () => plan({ texts: broken, refine }));
    });
    const table = featureTable(sample.version);
    const compiled = (filter: Parameters<typeof compileCql2>[0]) => compileCql2(filter, table, () => '?');
    const broken = (texts: readonly string[]) =>
      fc.tuple(fc.constantFrom(...texts), breaks).map(([text, how]) => breakText(text, how));
    each(broken(cql2Texts), counts.cql2Text, (t) => ask(tally, sample, t, () => compiled(parseCql2Text(t))));
    each(broken(cql2Jsons), counts.cql2Json, (t) => ask(tally, sample, t, () => compiled(parseCql2Json(t))));
    const fields = new Map(sample.version.fields.map(({ name }) => [name, { name, kind: 'text' as const }]));
    each(broken(qs), counts.q, (t) => ask(tally, sample, t, () => conditionOf(t, fields) ?? ''));
    each(broken(fqs), counts.fq, (t) => ask(tally, sample, t, () => JSON.stringify(readSolr(t))));
  } finally {
    await sample.close();
  }
  for (const failure of [...tally.failures, ...tally.strangers].slice(0, 10)) console.error(failure);
  return [
    alone('fuzz-questions', tally.asked, 'questions', '≥ 200 000'),
    alone('fuzz-planned', tally.planned, 'questions'),
    alone('fuzz-refused', tally.refused, 'questions'),
    alone('fuzz-failures', tally.failures.length, 'questions', '0'),
    alone('fuzz-other-tables', tally.strangers.length, 'questions', '0'),
    ...(await overHttp()),
  ];
}

function each<T>(arbitrary: fc.Arbitrary<T>, count: number, use: (one: T) => void): void {
  fc.assert(fc.property(arbitrary, use), { numRuns: count, endOnFailure: true });
}

function ask(tally: Tally, sample: Sample, one: unknown, make: () => string): void {
  tally.asked++;
  try {
    const sql = make();
    tally.planned++;
    const { dataPath, searchPath } = sample.version;
    for (const [, path] of sql.matchAll(/read_\w+\('((?:[^']|'')*)'/g))
      if (path !== dataPath && path !== searchPath) tally.strangers.push(`${path} ← ${JSON.stringify(one)}`);
  } catch (error) {
    if (error instanceof TerroirError) tally.refused++;
    else tally.failures.push(`${error} ← ${JSON.stringify(one)}`.slice(0, 500));
  }
}

type Break = { readonly kind: 'drop' | 'double' | 'put' | 'nest' | 'cut'; readonly at: number; readonly text: string };
const breaks = fc.array(
  fc.record({
    kind: fc.constantFrom<Break['kind']>('drop', 'double', 'put', 'nest', 'cut'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    text: fc.oneof(
      fc.constantFrom(
        '(',
        ')',
        "'",
        '"',
        '`',
        ',',
        '--',
        ';',
        '/*',
        '\\',
        '\u0000',
        '%',
        ' OR ',
        '[',
        '{',
        '9'.repeat(400),
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

function brokenTexts(texts: Asked['texts'], how: readonly Break[]): Asked['texts'] {
  const entries = Object.entries(texts).map(([key, text]) => [
    key,
    typeof text === 'string' ? breakText(text, how) : text.map((one: string) => breakText(one, how)),
  ]);
  return Object.fromEntries(entries) as Asked['texts'];
}

function breakText(text: string, how: readonly Break[]): string {
  return how.reduce((before, { kind, at, text: put }) => {
    const place = Math.floor(before.length * at);
    if (kind === 'drop') return before.slice(0, place) + before.slice(place + 1 + put.length);
    if (kind === 'double')
      return before.slice(0, place) + before.slice(Math.max(0, place - 8), place) + before.slice(place);
    if (kind === 'put') return before.slice(0, place) + put + before.slice(place);
    if (kind === 'nest') return `${'('.repeat(40)}${before}${')'.repeat(40)}`.slice(0, 20_000);
    return before.slice(0, place);
  }, text);
}

/** Some of them to a real server: each is answered, and it is there at the end. */
async function overHttp(): Promise<readonly Measure[]> {
  return withPublished({ rows: 1000, port: 3976 }, async ({ url }) => {
    const statuses = new Map<number, number>();
    const base = `${url}/api/explore/v2.1/catalog/datasets/banc/records`;
    for (const [{ texts }, how] of fc.sample(fc.tuple(anything, breaks), sent)) {
      const names = { select: 'select', where: 'where', groupBy: 'group_by', orderBy: 'order_by' } as const;
      const query = new URLSearchParams();
      for (const [key, text] of Object.entries(brokenTexts(texts, how)))
        for (const one of [text].flat()) query.append(names[key as keyof typeof names], String(one).slice(0, 2000));
      const { status } = await fetch(`${base}?${query}`);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    await timed(`${url}/health`);
    const failures = [...statuses].filter(([status]) => status >= 500).reduce((sum, [, count]) => sum + count, 0);
    return [alone('fuzz-http', sent, 'requests'), alone('fuzz-http-5xx', failures, 'requests', '0')];
  });
}
