// Two hundred clients for a minute, each with its own mix of questions: errors, stalls and memory.
import { megabytesOf } from './processes.ts';
import { percentile, timed, withPublished } from './published.ts';
import { alone, type Measure } from './result.ts';

const clients = 200;
const seconds = 60;
const base = '/api/explore/v2.1/catalog/datasets/banc';

/** What clients ask, most of it small; the number makes each question another one. */
const mix: readonly ((i: number) => string)[] = [
  (i) => `${base}/records?limit=20&offset=${i % 9000}`,
  (i) => `${base}/records?limit=20&where=${encodeURIComponent(`montant > ${i % 9999}`)}`,
  () => '/datasets/banc',
  (i) => `/datasets?q=subventions+${i % 50}`,
  (i) => `${base}/facets?facet=commune&where=${encodeURIComponent(`id > ${i % 500}`)}`,
  () => '/',
  (i) => `/ogc/collections/banc/tiles/WebMercatorQuad/12/${1430 + (i % 8)}/${2054 + (i % 4)}`,
  (i) => `/api/v1/datasets/banc/records?limit=20&commune=Tours&sort=-montant&montant__gte=${i % 100}`,
  (i) => `${base}/exports/csv?limit=${100 + (i % 100)}`,
];

export function load(): Promise<readonly Measure[]> {
  return withPublished({ rows: 1_000_000, port: 3974 }, async ({ url, home }) => {
    for (const question of mix) await timed(url + question(0));
    const before = megabytesOf(home);
    const until = performance.now() + seconds * 1000;
    const [durations, errors, stalls]: [number[], string[], number[]] = [[], [], []];
    let [turn, middle, most] = [0, 0, 0];
    const client = async () => {
      while (performance.now() < until) {
        const i = turn++;
        try {
          durations.push(await timed(url + (mix[i % mix.length] as (i: number) => string)(i)));
        } catch (error) {
          errors.push(String(error));
        }
        // People read what they got.
        await new Promise((resolve) => setTimeout(resolve, 500 + (i % 10) * 100));
      }
    };
    // The lightest answer of all tells how long the server's loop kept others waiting.
    const pulse = async () => {
      while (performance.now() < until) {
        stalls.push(await timed(`${url}/health`));
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const scales = setInterval(() => {
      const now = megabytesOf(home);
      most = Math.max(most, now);
      if (middle === 0 && performance.now() > until - (seconds * 1000) / 2) middle = now;
    }, 1000);
    await Promise.all([pulse(), ...Array.from({ length: clients }, client)]);
    clearInterval(scales);
    const after = megabytesOf(home);
    for (const error of [...new Set(errors.map((each) => each.slice(0, 200)))].slice(0, 5)) console.error(error);
    const sorted = durations.toSorted((a, b) => a - b);
    return [
      alone('load-requests', durations.length / seconds, 'requests/s'),
      alone('load-errors', errors.length, 'errors', '0'),
      alone('load-p50', percentile(sorted, 0.5), 'ms'),
      alone('load-p95', percentile(sorted, 0.95), 'ms'),
      alone('load-pulse-max', Math.max(...stalls), 'ms', '≤ 200'),
      alone('load-memory-before', before, 'MB'),
      alone('load-memory-most', most, 'MB'),
      alone('load-memory-second-half', after - middle, 'MB', 'flat'),
    ];
  });
}
