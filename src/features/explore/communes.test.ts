import { expect, test, vi } from 'vitest';
import type { Context } from '../../context.ts';
import type { Field, FieldRole, FieldType } from '../../model/field.ts';

vi.mock('../catalog/service.ts', () => ({
  listCommunes: async () => [
    { insee: '37122', name: 'Joué-lès-Tours' },
    { insee: '37261', name: 'Tours' },
  ],
}));
const { communeColumns, communeFilter, withCommune } = await import('./communes.ts');
const context = {} as Context;

const field = (name: string, role: FieldRole | null, type: FieldType = 'string'): Field => ({
  name,
  title: name,
  type,
  format: null,
  role,
});
const coded = [field('nom', null), field('insee_siege', 'inseeCode'), field('code_insee', 'inseeCode')];
const named = [field('ville', 'communeName')];

test('the column of the row’s own commune, not of another that it speaks of', () => {
  expect(communeColumns(coded).code?.name).toBe('code_insee');
  expect(communeColumns([...coded, field('communeinsee', 'inseeCode')]).code?.name).toBe('communeinsee');
  expect(communeColumns([field('code_insee', 'inseeCode', 'integer'), ...named])).toMatchObject({
    code: null,
    name: { name: 'ville' },
  });
});

test('a code or a name, told as the column tells it', async () => {
  expect(await communeFilter(context, coded, 'joue-les-tours')).toEqual({ column: 'code_insee', values: ['37122'] });
  expect(await communeFilter(context, coded, ['37261,2a004'])).toEqual({
    column: 'code_insee',
    values: ['37261', '2A004'],
  });
  expect((await communeFilter(context, named, '37122'))?.values).toEqual([
    'Joué-lès-Tours',
    'JOUÉ-LÈS-TOURS',
    'JOUE-LES-TOURS',
    'JOUE LES TOURS',
    'joue-les-tours',
  ]);
  // A commune of elsewhere, by its name: as it is typed.
  expect((await communeFilter(context, named, 'Blois'))?.values[0]).toBe('Blois');
});

test('nothing asked, or nothing that tells communes: the address stays as it is', async () => {
  expect(await communeFilter(context, coded, ' ')).toBeNull();
  expect(await withCommune(context, [field('nom', null)], { commune: '37261' })).toEqual({ commune: '37261' });
  expect(await withCommune(context, coded, { commune: '37261', refine: 'nom:a', limit: '3' })).toEqual({
    refine: ['nom:a', 'code_insee:37261'],
    limit: '3',
  });
});
