// Pages, filters, aggregations, facets and text searches over HTTP, against the same questions put to the bare engine.
import { bareQueryMilliseconds, median } from './bare.ts';
import { type Published, percentile, timed, timedByClients, withPublished } from './published.ts';
import { against, alone, type Measure } from './result.ts';

type Question = {
  readonly name: string;
  /** The path below the dataset; `i` makes each question another one, so that no answer is kept. */
  path(i: number): string;
  /** The statements that give the same facts. */
  sql(from: string, i: number): readonly string[];
};

const where = (condition: string) => encodeURIComponent(condition);

const questions: readonly Question[] = [
  {
    name: 'page',
    path: (i) => `records?limit=50&offset=${9000 - i}`,
    sql: (from, i) => [`SELECT * FROM ${from} LIMIT 50 OFFSET ${9000 - i}`],
  },
  {
    name: 'filter',
    path: (i) => `records?limit=50&where=${where(`montant > ${9000 + i} and commune = 'Druye'`)}`,
    sql: (from, i) => [
      `SELECT * FROM ${from} WHERE montant > ${9000 + i} AND commune = 'Druye' LIMIT 50`,
      `SELECT count(*) FROM ${from} WHERE montant > ${9000 + i} AND commune = 'Druye'`,
    ],
  },
  {
    name: 'sorted',
    path: (i) => `records?limit=50&offset=${i}&order_by=montant%20desc`,
    sql: (from, i) => [`SELECT * FROM ${from} ORDER BY montant DESC NULLS LAST LIMIT 50 OFFSET ${i}`],
  },
  {
    name: 'sum-by-commune',
    path: (i) => `records?select=commune,sum(montant)%20as%20total&group_by=commune&where=${where(`id > ${i}`)}`,
    sql: (from, i) => [`SELECT commune, sum(montant) AS total FROM ${from} WHERE id > ${i} GROUP BY commune`],
  },
  {
    name: 'sum-by-beneficiary',
    path: (i) =>
      `records?select=beneficiaire,sum(montant)%20as%20total&group_by=beneficiaire&order_by=total%20desc&limit=50&where=${where(`id > ${i}`)}`,
    sql: (from, i) => [
      `SELECT beneficiaire, sum(montant) AS total FROM ${from} WHERE id > ${i} GROUP BY beneficiaire ORDER BY total DESC LIMIT 50`,
    ],
  },
  {
    name: 'facets',
    path: (i) => `facets?facet=commune&facet=nature&facet=code_insee&where=${where(`id > ${i}`)}`,
    sql: (from, i) =>
      ['commune', 'nature', 'code_insee'].map(
        (name) => `SELECT ${name}, count(*) FROM ${from} WHERE id > ${i} GROUP BY ${name} ORDER BY 2 DESC LIMIT 100`,
      ),
  },
  {
    name: 'text',
    path: (i) => `records?limit=50&where=${where(`search(beneficiaire, "l'ete ${1000 + i}")`)}`,
    sql: (from, i) => {
      const condition = `strip_accents(lower(beneficiaire)) LIKE '% ${1000 + i}%' AND strip_accents(lower(beneficiaire)) LIKE '%ete%'`;
      return [`SELECT * FROM ${from} WHERE ${condition} LIMIT 50`, `SELECT count(*) FROM ${from} WHERE ${condition}`];
    },
  },
];

const times = 15;

/** Each question alone, one after the other, each time another one. */
async function compare({ url, parquet }: Published, rows: string): Promise<readonly Measure[]> {
  const base = `${url}/api/explore/v2.1/catalog/datasets/banc`;
  const from = `read_parquet('${parquet}')`;
  const measures: Measure[] = [];
  for (const { name, path, sql } of questions) {
    const durations: number[] = [];
    for (let i = 0; i < times; i++) durations.push(await timed(`${base}/${path(i)}`));
    let bare = 0;
    for (const statement of sql(from, times)) bare += await bareQueryMilliseconds(statement, times);
    const promised = bare > 100 ? 'ratio ≤ 1.5' : '(below 100 ms)';
    measures.push(against(`query-${rows}-${name}`, median(durations.slice(2)), bare, 'ms', promised));
  }
  return measures;
}

export function queries(): Promise<readonly Measure[]> {
  return withPublished({ rows: 1_000_000, port: 3971 }, async (published) => {
    const measures = await compare(published, '1m');
    const base = `${published.url}/api/explore/v2.1/catalog/datasets/banc/records`;
    const pages = await timedByClients({ clients: 10, requests: 600 }, (i) => `${base}?limit=10&offset=${i}`);
    return [...measures, alone('small-page-p50', percentile(pages, 0.5), 'ms', '≤ 10 at 10 connections')];
  });
}

export function queriesOfTenMillion(): Promise<readonly Measure[]> {
  return withPublished({ rows: 10_000_000, port: 3971 }, (published) => compare(published, '10m'));
}
