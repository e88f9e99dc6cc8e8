// Whatever is typed, the answer is rows or a coded refusal.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asked, anything, facet, refinement } from '../../../test/odsql-grammar.ts';
import { TerroirError } from '../../lib/errors.ts';
import { recordOf } from './answer.ts';
import { planFacet, readFacet } from './facets.ts';
import { parseQuery } from './parse.ts';
import { exportSelect, planRecords } from './plan.ts';
import { both, readRefinements, refinementCondition } from './refinements.ts';
import { resolveTree } from './resolve.ts';
import { openSample, type Sample } from './sample.ts';
import { usualSettings } from './settings.ts';
import { FoundCache } from './spatial-found-cache.ts';

let sample: Sample;
beforeAll(async () => {
  sample = await openSample();
});
afterAll(() => sample?.close());

const settings = { ...usualSettings(), timezone: 'Europe/Paris', lang: 'en' };

/** What is refused by a code is fine; anything else is not. */
function orRefusal<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof TerroirError && error.code.startsWith('query.')) return null;
    throw error;
  }
}

function treeOf({ texts, refine }: Asked) {
  const tree = parseQuery(texts);
  return { ...tree, where: both(tree.where, refinementCondition(readRefinements(sample.version, { refine }))) };
}

test('twenty thousand questions: a plan or a coded refusal, never anything else', () => {
  let plans = 0;
  fc.assert(
    fc.property(anything, (one) => {
      const plan = orRefusal(() => planRecords(sample.version, treeOf(one), settings));
      if (plan !== null) plans++;
      orRefusal(() => exportSelect(sample.version, treeOf(one), (_column, sql) => sql, 10, settings));
    }),
    { numRuns: 20_000 },
  );
  expect(plans).toBeGreaterThan(2000);
}, 300_000);

test('ten thousand facets: a plan or a coded refusal', () => {
  let plans = 0;
  fc.assert(
    fc.property(facet, fc.array(refinement, { maxLength: 3 }), (text, exclude) => {
      const plan = orRefusal(() =>
        planFacet(sample.version, readFacet(text), {
          where: null,
          refinements: readRefinements(sample.version, { exclude }),
          settings,
        }),
      );
      if (plan !== null) plans++;
    }),
    { numRuns: 10_000 },
  );
  expect(plans).toBeGreaterThan(300);
}, 120_000);

test('every plan runs', async () => {
  const valid = fc
    .sample(anything, 2500)
    .flatMap((one) => (orRefusal(() => planRecords(sample.version, treeOf(one), settings)) === null ? [] : [one]));
  expect(valid.length).toBeGreaterThan(400);
  const cache = new FoundCache(1_000_000);
  for (const one of valid.slice(0, 500)) {
    const { version, tables } = sample;
    const failed = (error: unknown): never => {
      throw new Error(`${JSON.stringify(one)}\n${error}`);
    };
    const tree = await resolveTree(treeOf(one), { version, tables, cache, settings }).catch(failed);
    const plan = planRecords(version, tree, settings);
    const [page, count] = await tables.run([plan.page(0, 10), plan.count()]).catch((error: unknown) => {
      throw new Error(`${JSON.stringify(one)}\n${JSON.stringify(plan.page(0, 10))}\n${error}`);
    });
    expect(page?.columns.length).toBe(Math.max(1, plan.columns.length));
    if (!plan.aggregated) expect(page?.rows.length).toBe(Math.min(10, Number(count?.rows[0]?.[0])));
    JSON.stringify(page?.rows.map((row) => recordOf(plan, row)));
  }
}, 300_000);

test('every facet runs', async () => {
  const valid = fc.sample(fc.tuple(facet, fc.array(refinement, { maxLength: 2 })), 4000).flatMap(([text, refine]) => {
    const plan = orRefusal(() =>
      planFacet(sample.version, readFacet(text), {
        where: null,
        refinements: readRefinements(sample.version, { refine }),
        settings,
      }),
    );
    return plan === null ? [] : [{ plan, text, refine }];
  });
  expect(valid.length).toBeGreaterThan(100);
  for (const { plan, text, refine } of valid.slice(0, 300)) {
    const [page] = await sample.tables.run([plan.plan.page(0, plan.limit)]).catch((error: unknown) => {
      throw new Error(`${text} ${refine.join(' ')}\n${error}`);
    });
    const { facets } = plan.read(page?.rows ?? []);
    for (const { count, state } of facets) expect(count > 0 || state !== 'displayed').toBe(true);
  }
}, 120_000);
