import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { schemaKind } from '../../model/schema.ts';
import { readTableSchema } from '../../model/schema-reader.ts';
import { proposeSchemas } from './propose.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'reference', 'schemas');
const schemas = await Promise.all(
  (await readdir(folder))
    .filter((file) => file.endsWith('.json'))
    .map(async (file) => ({ file, value: JSON.parse(await readFile(join(folder, file), 'utf8')) as unknown })),
).then((all) =>
  all
    .filter(({ value }) => schemaKind(value) === 'table')
    .map(({ file, value }) => ({ name: file.slice(0, -5), schema: readTableSchema(value, file) })),
);

test('grants are known by their columns, whatever the case and the order', () => {
  const headers = [
    'ID_ATTRIBUANT',
    'nom attribuant',
    'dateConvention',
    'Nom bénéficiaire',
    'objet',
    'montant',
    'nature',
  ];
  const row = ['21370261600011', 'Ville de Tours', '2024-01-31', 'Club', 'Fête', '1200', 'aide en numéraire'];
  const [best] = proposeSchemas(headers, [row], schemas);
  expect(best?.name).toBe('scdl-subventions');
  expect(best?.missing).toEqual([
    'conditionsVersement',
    'datesPeriodeVersement',
    'notificationUE',
    'pourcentageSubvention',
  ]);
  expect(best?.share).toBeGreaterThan(0.7);
});

test('drop-off points are known by the territory’s own schema', () => {
  const headers = 'id,flux,code_insee,commune,emplacement,volume_m3,mise_en_service,enterre,latitude,longitude'.split(
    ',',
  );
  const row = [
    'PAV-0001',
    'papier',
    '37018',
    'Ballan-Miré',
    'Rue de la Fontaine',
    '2',
    '2021',
    'true',
    '47.33',
    '0.57',
  ];
  const [best] = proposeSchemas(headers, [row], schemas);
  expect(best).toMatchObject({ name: 'points-apport-volontaire', missing: [] });
});

test('a file that follows nothing gets no proposal', () => {
  expect(proposeSchemas(['Nom', 'Prénom', 'Téléphone'], [['Martin', 'Zoé', '02']], schemas)).toEqual([]);
  expect(proposeSchemas([], [], schemas)).toEqual([]);
});
