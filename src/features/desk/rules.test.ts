// What still stops a deposit, what is proposed before people write, which fixes are sure.
import { expect, test } from 'vitest';
import type { Examination } from '../../model/examination.ts';
import { problem } from '../../model/problem.ts';
import { reportOf } from '../../model/report.ts';
import {
  currentStage,
  markOf,
  nextStage,
  obstaclesOf,
  proposalByMark,
  proposedSaid,
  schemaOf,
  sureSteps,
  titleOfFile,
  withTyped,
} from './rules.ts';
import type { Draft } from './schemas.ts';

const examination: Examination = {
  format: 'csv',
  encoding: 'UTF-8',
  tables: [{ name: 'a', sheet: null, rows: 1, columns: 1 }],
  table: 'a',
  headerRow: 1,
  rows: 1,
  fields: [],
  geometry: null,
  places: [],
  preview: [],
  problems: [],
  corrections: { hits: [], unmatched: [], setAsideRows: 0 },
  schema: null,
  proposals: [],
  findings: [],
};
const draft: Draft = {
  id: 'd',
  organization: { slug: 'ville-de-tours', name: 'Ville de Tours', insee: '37261' },
  datasetId: null,
  version: null,
  author: 'person:1',
  createdAt: new Date(0),
  updatedAt: new Date(0),
  revision: 0,
  reached: 3,
  kind: 'grants',
  file: { depositId: 'x', name: '2025_subventions-versees (1).xlsx', bytes: 1, sha256: '' },
  table: null,
  schema: null,
  asDocument: false,
  steps: [],
  examination,
  refusal: null,
  reviewId: null,
  said: {},
  state: 'draft',
};
const said = {
  title: 'Subventions 2025',
  description: 'Les subventions votées par le conseil municipal en 2025, par association.',
};

test('one thing after the other stops a deposit', () => {
  expect(obstaclesOf({ ...draft, file: null }, 'none')).toEqual(['file.missing']);
  expect(obstaclesOf({ ...draft, refusal: { code: 'file.empty', params: {} } }, 'none')).toEqual(['file.refused']);
  expect(obstaclesOf({ ...draft, examination: null }, 'none')).toEqual(['file.reading']);
  expect(obstaclesOf(draft, 'undecided')).toEqual(['rights.undecided', 'present.title', 'present.description']);
  expect(obstaclesOf({ ...draft, said }, 'asked')).toEqual(['rights.asked']);
  expect(obstaclesOf({ ...draft, said }, 'closed')).toEqual(['rights.closed']);
  const wrong = { ...examination, problems: [problem('date.invalid', 'error', { cell: 'D2', row: 2 })] };
  expect(obstaclesOf({ ...draft, said, examination: wrong }, 'open')).toEqual(['check.blocked']);
  expect(obstaclesOf({ ...draft, said }, 'open')).toEqual([]);
  // A dataset that exists is presented already.
  expect(obstaclesOf({ ...draft, datasetId: 'subventions' }, 'open')).toEqual([]);
});

test('work is taken up where it was left, never beyond a file that is missing', () => {
  expect(currentStage({ reached: 5, datasetId: null, file: draft.file })).toBe('present');
  expect(currentStage({ reached: 5, datasetId: null, file: null })).toBe('file');
  expect(currentStage({ reached: 1, datasetId: null, file: null })).toBe('what');
  expect(nextStage('rights', { datasetId: null })).toBe('present');
  expect(nextStage('rights', { datasetId: 'subventions' })).toBe('publish');
});

test('what is likely is proposed, what was written stays', () => {
  expect(proposedSaid(draft)).toMatchObject({
    title: 'Subventions – Ville de Tours',
    theme: 'GOVE',
    frequency: 'ANNUAL',
    licence: 'lov2',
    communes: ['37261'],
  });
  expect(proposedSaid({ ...draft, kind: 'table', said: { licence: 'odc-odbl' } })).toMatchObject({
    title: '2025 subventions versees',
    licence: 'odc-odbl',
  });
  expect(titleOfFile('.csv')).toBe('');
  expect([
    schemaOf(draft),
    schemaOf({ ...draft, schema: '' }),
    schemaOf({ ...draft, schema: 'irve-statique' }),
  ]).toEqual(['scdl-subventions', null, 'irve-statique']);
});

test('the sure fixes are those that ask for nothing, all the cells alike at once', () => {
  const at = (row: number) => ({ cell: `B${row}`, row, column: 'nature', value: 'numeraire', proposal: 'numéraire' });
  const report = reportOf([
    problem('enum.unknown', 'error', at(3)),
    problem('enum.unknown', 'error', at(7)),
    problem('value.required', 'error', { cell: 'A4', row: 4, column: 'association' }),
    problem('enum.unknown', 'warning', { ...at(9), value: 'nat', proposal: 'en nature' }),
  ]);
  expect(sureSteps(report)).toEqual([{ kind: 'replaceValue', column: 'nature', from: 'numeraire', to: 'numéraire' }]);
});

test('a button is found by its mark; what a person typed takes the place of what was proposed', () => {
  const report = reportOf([
    problem('date.invalid', 'error', { cell: 'D27', row: 27, column: 'Date', value: '31/02/2024' }),
  ]);
  const proposal = report.items[0]?.steps[0];
  if (proposal === undefined) throw new Error('no step');
  const mark = markOf(proposal.step);
  expect(proposalByMark(report, mark)).toEqual(proposal);
  expect(proposalByMark(reportOf([]), mark)).toBeNull();
  expect(withTyped(proposal, ' ')).toBeNull();
  expect(withTyped(proposal, '29/02/2024')).toMatchObject({ kind: 'setCell', row: 27, to: '29/02/2024' });
});
