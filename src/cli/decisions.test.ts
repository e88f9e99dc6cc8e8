// What the command line decides of columns: the forms that are read, those that are refused.
import { expect, test } from 'vitest';
import { readDecisions } from './decisions.ts';

const none = { remove: [], mask: [], justify: [], notPersonal: [] };

test('each option in its forms', () => {
  expect(
    readDecisions({
      remove: ['Nom'],
      mask: ['Téléphone', 'Né le=year', 'A = B=initials'],
      justify: ['Élu=politics', 'Agent=law:CGCT L2121-25', 'Contact=consent:formulaire, article 3 = oui'],
      notPersonal: ['Rue'],
    }),
  ).toEqual([
    { kind: 'remove', column: 'Nom' },
    { kind: 'mask', column: 'Téléphone', mask: 'hide' },
    { kind: 'mask', column: 'Né le', mask: 'year' },
    { kind: 'mask', column: 'A = B', mask: 'initials' },
    { kind: 'justify', column: 'Élu', justification: { basis: 'family', family: 'politics' } },
    { kind: 'justify', column: 'Agent', justification: { basis: 'law', text: 'CGCT L2121-25' } },
    { kind: 'justify', column: 'Contact', justification: { basis: 'consent', text: 'formulaire, article 3 = oui' } },
    { kind: 'notPersonal', column: 'Rue' },
  ]);
});

test.each([
  { ...none, mask: ['Nom=chapeau'] },
  { ...none, justify: ['Nom'] },
  { ...none, justify: ['Nom=law:  '] },
  { ...none, justify: ['Nom=parce que'] },
])('what says nothing is refused: %o', (texts) => {
  expect(() => readDecisions(texts)).toThrow(expect.objectContaining({ code: 'opening.answerInvalid' }));
});
