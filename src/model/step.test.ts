import { expect, test } from 'vitest';
import { type ProblemCode, problem } from './problem.ts';
import { columnKey, parseSteps, parseStepText, stepFile } from './step.ts';
import { stepsFor } from './step-proposals.ts';

const author = { by: 'operator', at: new Date('2026-03-01T08:00:00Z') };
const signed = { by: 'operator', at: '2026-03-01T08:00:00.000Z' };

test('steps are read back as they were written', () => {
  const steps = [
    { kind: 'setCell', sheet: 'Subventions', row: 14, column: 'SIRET', from: '2,136E+13', to: '21360000000017' },
    { kind: 'replaceValue', column: 'Nature', from: 'Assoc', to: 'association' },
    { kind: 'padCodes', column: 'Code postal', length: 5 },
    { kind: 'renameColumn', from: 'colonne_5', to: 'Montant' },
    { kind: 'dropColumn', column: 'tel' },
    { kind: 'keepAsIs', problem: 'number.comma', column: 'Montant' },
    { kind: 'setAside', sheet: null, rows: [3, 62], problem: 'row.total' },
    { kind: 'setAside', sheet: null, column: 'Nature', value: '?', problem: null },
    { kind: 'setAside', sheet: null, problem: 'row.total', column: null },
  ] as const;
  const parsed = parseSteps(steps, author);
  expect(parsed).toEqual(steps.map((step) => ({ ...step, ...signed })));
  expect(parseStepText(JSON.stringify(stepFile(parsed)), { by: 'other', at: new Date(0) })).toEqual(parsed);
});

test('who and when are kept when the file says them; rows are put in order, once each', () => {
  const [step] = parseSteps(
    { terroirSteps: 1, steps: [{ kind: 'setAside', rows: [9, 2, 9], by: 'person:1', at: '2025-01-01T00:00:00Z' }] },
    author,
  );
  expect(step).toEqual({
    kind: 'setAside',
    sheet: null,
    rows: [2, 9],
    problem: null,
    by: 'person:1',
    at: '2025-01-01T00:00:00Z',
  });
});

test.each([
  ['not a list', { steps: 3 }, 0],
  ['no version', { steps: [] }, 0],
  ['a step that is no object', [null], 1],
  ['no kind', [{}], 1],
  ['an unknown kind, and its place', [{ kind: 'dropColumn', column: 'a' }, { kind: 'explode' }], 2],
  ['a missing text', [{ kind: 'replaceValue', column: 'a', from: 'b' }], 1],
  ['a number for a text', [{ kind: 'replaceValue', column: 'a', from: 'b', to: 3 }], 1],
  ['an empty title', [{ kind: 'renameColumn', from: ' ', to: 'x' }], 1],
  ['row 0', [{ kind: 'setCell', row: 0, column: 'a', from: '', to: 'x' }], 1],
  ['half a row', [{ kind: 'setAside', rows: [1.5] }], 1],
  ['no row', [{ kind: 'setAside', rows: [] }], 1],
  ['an unknown problem', [{ kind: 'keepAsIs', problem: 'nothing.known', column: null }], 1],
  ['the name of an object’s member', [{ kind: 'keepAsIs', problem: 'toString', column: null }], 1],
  ['a length of nothing', [{ kind: 'padCodes', column: 'a', length: 0 }], 1],
  ['a date that is none', [{ kind: 'dropColumn', column: 'a', at: 'hier' }], 1],
])('what cannot be read is refused with its place: %s', (_what, value, step) => {
  expect(() => parseSteps(value, author)).toThrow(
    expect.objectContaining({ code: 'steps.invalid', params: expect.objectContaining({ step }) }),
  );
});

test('steps of a newer program, and text that is no JSON, say so', () => {
  expect(() => parseSteps({ terroirSteps: 2, steps: [] }, author)).toThrow(
    expect.objectContaining({ code: 'steps.newer' }),
  );
  expect(() => parseStepText('{"terroirSteps":', author)).toThrow(expect.objectContaining({ code: 'steps.invalid' }));
});

test('columns are told apart by their folded title', () => {
  expect(columnKey('  Code Postal ')).toBe(columnKey('code_postal'));
  expect(columnKey('Année')).toBe('annee');
  expect(columnKey('€')).toBe('€');
});

const buttons = (code: ProblemCode, severity: 'error' | 'warning' | 'advice', known = {}) =>
  stepsFor(problem(code, severity, known)).map(({ label, step, asks }) => [label.fr, step.kind, asks]);

test('a cell with a proposal can be corrected alone, with those alike, set aside, or left when it does not block', () => {
  const place = { sheet: 'Feuil1', cell: 'C14', row: 14, column: 'Nature', value: 'Assoc', proposal: 'association' };
  expect(buttons('enum.unknown', 'warning', { ...place, count: 11 })).toEqual([
    ['Corriger cette cellule', 'setCell', false],
    ['Corriger les 11 pareilles', 'replaceValue', false],
    ['Mettre la ligne 14 de côté', 'setAside', false],
    ['Mettre ces 11 lignes de côté', 'setAside', false],
    ['Laisser tel quel', 'keepAsIs', false],
  ]);
  expect(stepsFor(problem('enum.unknown', 'error', place))).toEqual([
    {
      label: { fr: 'Corriger cette cellule', en: 'Correct this cell' },
      step: { kind: 'setCell', sheet: 'Feuil1', row: 14, column: 'Nature', from: 'Assoc', to: 'association' },
      asks: false,
    },
    {
      label: { fr: 'Mettre la ligne 14 de côté', en: 'Set row 14 aside' },
      step: { kind: 'setAside', sheet: 'Feuil1', rows: [14], problem: 'enum.unknown' },
      asks: false,
    },
  ]);
});

test('where nothing sure can be proposed, the value is asked for', () => {
  expect(
    buttons('number.scientific', 'error', {
      cell: 'F14',
      row: 14,
      column: 'SIRET',
      value: '2,136E+13',
      expected: '14',
    }),
  ).toEqual([
    ['Corriger cette cellule', 'setCell', true],
    ['Mettre la ligne 14 de côté', 'setAside', false],
  ]);
});

test('a total is taken away or kept; zeros are put back in all codes; columns are renamed or not published', () => {
  expect(buttons('row.total', 'warning', { row: 62, cell: 'A62', value: 'Total' })).toEqual([
    ['Retirer la ligne 62', 'setAside', false],
    ['Garder cette ligne', 'keepAsIs', false],
  ]);
  expect(
    buttons('code.leadingZero', 'warning', {
      row: 2,
      column: 'Code postal',
      value: '1000',
      proposal: '01000',
      count: 37,
    }),
  ).toContainEqual(['Remettre les zéros (37 codes)', 'padCodes', false]);
  expect(buttons('header.missing', 'warning', { cell: 'E1', row: 1, proposal: 'colonne_5' })).toEqual([
    ['Donner un nom à « colonne_5 »', 'renameColumn', true],
    ['Laisser tel quel', 'keepAsIs', false],
  ]);
  expect(buttons('column.extra', 'warning', { column: 'tel' })).toEqual([
    ['Ne pas publier la colonne « tel »', 'dropColumn', false],
    ['Laisser tel quel', 'keepAsIs', false],
  ]);
});

test('problems of one kind whose values differ are not all corrected with one value', () => {
  const place = { cell: 'D27', row: 27, column: 'Date', value: '31/02/2024', expected: '31/01/2024', count: 3 };
  expect(stepsFor(problem('type.mixed', 'warning', place)).map(({ step }) => step.kind)).toEqual([
    'setCell',
    'setAside',
    'setAside',
    'keepAsIs',
  ]);
});
