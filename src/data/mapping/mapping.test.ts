// Mappings proposed from headers and values, and done to rows: expectations written by hand.
import { expect, test } from 'vitest';
import type { Mapping } from '../../model/mapping.ts';
import { readTableSchema } from '../../model/schema-reader.ts';
import { rowMapper } from './apply.ts';
import type { Column } from './column.ts';
import { numberOfPair } from './coordinates.ts';
import { type Fit, proposeMapping } from './propose.ts';

const grants = readTableSchema(
  {
    name: 'subventions',
    title: 'Subventions',
    fields: [
      { name: 'nomAttribuant', type: 'string', constraints: { required: true } },
      { name: 'nomBeneficiaire', type: 'string', constraints: { required: true } },
      { name: 'idBeneficiaire', type: 'string', example: '38047555800058' },
      { name: 'objet', type: 'string', example: 'Animations climat et énergie', constraints: { required: true } },
      { name: 'montant', type: 'number', constraints: { required: true } },
      { name: 'dateConvention', type: 'date' },
    ],
  },
  'subventions',
);
const trees = readTableSchema(
  {
    name: 'arbres',
    title: 'Arbres',
    fields: [
      { name: 'longitude', type: 'number' },
      { name: 'latitude', type: 'number' },
      { name: 'nom_vernaculaire', type: 'string' },
    ],
  },
  'arbres',
);

const column = (title: string, ...values: string[]): Column => ({ title, values, distinct: values.length });
const accepts: Fit = (field, values) => {
  const shape = field.type === 'number' ? /^-?[\d ,.]+$/ : field.type === 'date' ? /^\d{2}\/\d{2}\/\d{4}$/ : null;
  return shape === null ? null : values.filter((value) => shape.test(value)).length / values.length;
};
const told = ({ mappings }: Mapping) =>
  Object.fromEntries(mappings.map(({ field, columns, sure }) => [field, [...columns, sure]]));

test('other words, short forms and other orders of words are understood', () => {
  const proposal = proposeMapping(
    [
      column('Nom du bénéficiaire', 'Judo club'),
      column('Mnt (€)', '1 200,50'),
      column('Objet de la subvention', 'Fête du quartier'),
      column('Date de la convention', '03/05/2025'),
      column('Observations', 'RAS'),
    ],
    grants,
    accepts,
  );
  expect(told(proposal)).toEqual({
    nomBeneficiaire: ['Nom du bénéficiaire', true],
    montant: ['Mnt (€)', true],
    objet: ['Objet de la subvention', true],
    dateConvention: ['Date de la convention', true],
  });
  expect(proposal.unmappedColumns).toEqual(['Observations']);
  // What the schema requires comes first.
  expect(proposal.missingFields).toEqual(['nomAttribuant', 'idBeneficiaire']);
});

test('values that cannot be the field’s make it doubtful, the very name keeps it', () => {
  const wrong = proposeMapping([column('Date de la convention', 'printemps')], grants, accepts);
  expect(wrong.mappings).toMatchObject([{ field: 'dateConvention', sure: false }]);
  const exact = proposeMapping([column('date_convention', 'printemps')], grants, accepts);
  expect(exact.mappings).toMatchObject([{ field: 'dateConvention', sure: true, reason: 'sameName' }]);
});

test('two columns for one field: one is taken, and nobody is sure', () => {
  const { mappings, unmappedColumns } = proposeMapping(
    [column('Montant voté', '100'), column('Montant versé', '80')],
    grants,
    accepts,
  );
  expect(mappings).toMatchObject([{ field: 'montant', sure: false }]);
  expect(unmappedColumns).toHaveLength(1);
});

test('« commune » is not « commun »', () => {
  expect(proposeMapping([column('commune', 'Tours')], trees, accepts).mappings).toEqual([]);
});

test('what other producers taught is taken over', () => {
  const learned = new Map([['tiers', new Map([['nomBeneficiaire', 3]])]]);
  expect(proposeMapping([column('Tiers', 'Judo club')], grants, accepts, learned).mappings).toMatchObject([
    { field: 'nomBeneficiaire', reason: 'learned', sure: true },
  ]);
});

test('one column with both numbers of a place', () => {
  const { mappings } = proposeMapping([column('geo', '47.39, 0.68', '47.41, 0.70')], trees, accepts);
  expect(mappings).toMatchObject([
    { field: 'longitude', columns: ['geo'], transform: 'longitude', text: 'latitude,longitude' },
    { field: 'latitude', columns: ['geo'], transform: 'latitude', text: 'latitude,longitude' },
  ]);
  expect(numberOfPair('[0.68, 47.39]', 'latitude', 'longitude,latitude')).toBe('47.39');
  expect(numberOfPair('au bourg', 'latitude', 'latitude,longitude')).toBeNull();
});

test('a thousand columns are looked at, none is taken twice', () => {
  const many = Array.from({ length: 1000 }, (_, index) => column(`montant ${index}`, '1'));
  const { mappings, unmappedColumns } = proposeMapping(many, grants, accepts);
  expect(mappings.map(({ field }) => field)).toEqual(['montant']);
  expect(unmappedColumns).toHaveLength(999);
});

test('cells become the schema’s: joined, constant, put in form, chosen; « sans objet » is nothing', () => {
  const sure = { confidence: 1, sure: true, reason: 'given' } as const;
  const map = rowMapper(
    {
      mappings: [
        { field: 'nomAttribuant', columns: [], transform: 'constant', text: 'Ville de Druye', ...sure },
        { field: 'nomBeneficiaire', columns: ['Nom', 'Prénom'], transform: 'join', text: ' ', ...sure },
        { field: 'objet', columns: ['Objet'], transform: 'copy', values: { 'Fonct.': 'Fonctionnement' }, ...sure },
        { field: 'montant', columns: ['Somme'], transform: 'copy', ...sure },
        { field: 'dateConvention', columns: ['Le'], transform: 'copy', ...sure },
        { field: 'idBeneficiaire', columns: ['Disparue'], transform: 'copy', ...sure },
      ],
    },
    grants,
    ['Prénom', 'Nom', 'Objet', 'Somme', 'Le'],
    (field, value) => (field.type === 'number' ? value.replace(' ', '').replace(',', '.') : null),
  );
  const order = grants.fields.map(({ name }) => name);
  const row = (cells: readonly string[]) => Object.fromEntries(map(cells).map((cell, index) => [order[index], cell]));
  expect(row(['Ana', 'Petit', ' fonct. ', '1 200,5', 'Sans objet'])).toEqual({
    nomAttribuant: 'Ville de Druye',
    nomBeneficiaire: 'Petit Ana',
    idBeneficiaire: '',
    objet: 'Fonctionnement',
    montant: '1200.5',
    dateConvention: '',
  });
  // A required field keeps what was written: the row is refused, not emptied.
  expect(row(['', 'Petit', 'sans objet', '', ''])).toMatchObject({ objet: 'sans objet', nomBeneficiaire: 'Petit' });
});
