import fc from 'fast-check';
import { expect, test } from 'vitest';
import { headerWords, says } from './header-meaning.ts';
import { ownerOf } from './mailboxes.ts';
import { emailPattern, isMobile, nameShape, phonePattern } from './patterns.ts';
import { isPersonName, isTypedAsPerson } from './person-names.ts';
import { masked } from './preview.ts';

test('values are shown so that their form is known and not their owner', () => {
  expect(masked('marie.dupont@gmail.com')).toBe('m••••.d•••••@g••••.com');
  expect(masked('06 12 34 56 78')).toBe('•• •• •• •• ••');
  expect(masked('Mme Léa de la Tour-Carrée')).toBe('M•• L•• d• l• T•••-C•••••');
  expect(masked('M. X')).toBe('•. •');
});

test('no word and no digit of a value is shown whole', () => {
  const word = fc.stringMatching(/^[a-zé]{2,12}$/);
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 4 }),
      fc.nat(),
      fc.constantFrom(' ', '.', '-', '@'),
      (words, n, by) => {
        const shown = masked([...words, n].join(by));
        for (const each of words) expect(shown.split(/[ .@-]/)).not.toContain(each);
        expect(shown).not.toMatch(/\d/);
      },
    ),
  );
});

test.each([
  ['jean.dupont@ville-tours.fr', 'person'],
  ['j.dupont@cc-touraine.fr', 'person'],
  ['leamartin@gmail.com', 'person'],
  ['nathalie@asso-exemple.org', 'person'],
  ['mairie@esvres.fr', 'office'],
  ['mairie.esvres@wanadoo.fr', 'office'],
  ['contact@jean-dupont.fr', 'office'],
  ['secretariat-direction@chu-tours.fr', 'office'],
  ['ecole.jules.ferry@orange.fr', 'office'],
  ['lesiris@lesiris.fr', 'office'],
  ['xk92@exemple.fr', 'unknown'],
] as const)('%s is the address of: %s', (email, owner) => expect(ownerOf(email)).toBe(owner));

test.each(['Jean Dupont', 'DUPONT Jean', 'Mme Martin', 'Marie-Odile LE GOFF', 'Élodie de la Tour', 'M. Michel CHEVET'])(
  '%s is a person',
  (name) => {
    expect(new RegExp(nameShape, 'u').test(name)).toBe(true);
    expect(isPersonName(name)).toBe(true);
  },
);

test.each([
  'Association Jean Moulin',
  'Théâtre de Tours',
  'Rue Marie Curie',
  'AS Saint Pierre',
  'Amis de Claude',
  'La Riche',
  'Grands Parents Solidaires',
])('%s is none', (name) => expect(isPersonName(name)).toBe(false));

test('capitals for the surname alone are how persons are typed', () => {
  expect(['Jean DUPONT', 'LE GOFF Yann', 'Mme Léa Martin'].every(isTypedAsPerson)).toBe(true);
  expect(['Jean Jaurès', 'LEO LAGRANGE', 'Léo Lagrange'].some(isTypedAsPerson)).toBe(false);
});

test('phones are found in a text, and codes of more digits are not', () => {
  const found = (text: string) => new RegExp(phonePattern, 'u').exec(text)?.[1] ?? null;
  expect(found('tél. 06 12 34 56 78, le soir')).toBe('06 12 34 56 78');
  expect(found('+33 (0)2.47.21.60.00')).toBe('+33 (0)2.47.21.60.00');
  expect(found('0033247216000')).toBe('0033247216000');
  expect(found('06561794486915')).toBeNull();
  expect(found('24370007500017')).toBeNull();
  expect(['06 12 34 56 78', '+33 7 12 34 56 78', '33612345678', '612345678'].every(isMobile)).toBe(true);
  expect(['02 47 21 60 00', '0033247216000'].some(isMobile)).toBe(false);
});

test('an address is found inside a sentence', () => {
  expect(new RegExp(emailPattern, 'u').exec('écrire à lea.martin@gmail.com.')?.[0]).toBe('lea.martin@gmail.com');
});

test('headers say whose data a column holds', () => {
  const asks = (title: string) =>
    Object.entries(says)
      .filter(([, ask]) => ask(headerWords(title)))
      .map(([name]) => name);
  expect(asks('Date de naissance')).toContain('birthDate');
  expect(asks('Né(e) le')).toContain('birthDate');
  expect(asks('Nombre de naissances')).not.toContain('birthDate');
  expect(asks('nomBeneficiaire')).toEqual(expect.arrayContaining(['lastName', 'person']));
  expect(asks('nom_voie')).not.toContain('lastName');
  expect(asks('age_estim')).not.toContain('age');
  expect(asks('Adresse mail')).not.toContain('address');
  expect(asks('SIRET ou NIR')).toContain('nir');
});
