import { expect, test } from 'vitest';
import { descriptorOf, faultsOf, inputOf, readInput } from './form.ts';

const toilets = {
  name: 'toilettes',
  title: 'Toilettes',
  titleEn: 'Toilets',
  primaryKey: ['id'],
  fields: [
    { name: 'id', title: 'Identifiant', titleEn: 'Identifier', type: 'string', example: 'WC-1' },
    { name: 'gratuit', title: 'Gratuit', type: 'boolean', trueValues: ['oui'], falseValues: ['non'] },
    { name: 'type', title: 'Type', type: 'string', constraints: { enum: ['cabine', 'bâtiment'], maxLength: 20 } },
    { name: 'horaires', title: 'Horaires', type: 'string' },
  ],
  custom_checks: [{ name: 'opening-hours-value', params: { column: 'horaires' } }],
};

/** The form that shows a descriptor, as a browser sends it back. */
function sent(descriptor: object, changes: Readonly<Record<string, string>> = {}): URLSearchParams {
  const { title, description, fields } = inputOf(descriptor as Parameters<typeof inputOf>[0]);
  const form = new URLSearchParams({ title, description, count: String(fields.length) });
  for (const [index, field] of fields.entries())
    for (const [name, value] of Object.entries(field)) {
      if (typeof value === 'string') form.set(`f${index}.${name}`, value);
      else if (value) form.set(`f${index}.${name}`, 'yes');
    }
  for (const [name, value] of Object.entries(changes)) form.set(name, value);
  return form;
}
const judge = (pattern: string, value: string) => {
  try {
    return new RegExp(`^(?:${pattern})$`).test(value);
  } catch {
    return null;
  }
};

test('a form that changes nothing changes nothing but what the key says', () => {
  const { input } = readInput(sent(toilets));
  expect(descriptorOf(input, toilets, 'toilettes')).toEqual({
    ...toilets,
    fields: [{ ...toilets.fields[0], constraints: { required: true } }, ...toilets.fields.slice(1)],
  });
});

test('what the form does not show stays, and leaves with what it was about', () => {
  const renamed = {
    'f3.name': 'ouverture',
    'f1.title': 'Sans payer',
    'f2.choices': 'cabine\r\n\r\n sèches ',
    'f0.title': 'Code',
  };
  const { input } = readInput(sent(toilets, renamed));
  const made = descriptorOf(input, toilets, 'toilettes') as typeof toilets;
  expect(made.custom_checks).toBeUndefined();
  expect(made.fields[0]).toEqual({
    name: 'id',
    title: 'Code',
    type: 'string',
    example: 'WC-1',
    constraints: { required: true },
  });
  expect(made.fields[1]).toMatchObject({ title: 'Sans payer', trueValues: ['oui'] });
  expect(made.fields[2]?.constraints).toEqual({ enum: ['cabine', 'sèches'], maxLength: 20 });
});

test('buttons add, move and remove columns, and say which one to show', () => {
  const names = (button: string) => {
    const { input, at } = readInput(sent(toilets, { do: button }));
    return [input.fields.map(({ name }) => name), at];
  };
  expect(names('save')).toEqual([['id', 'gratuit', 'type', 'horaires'], null]);
  expect(names('up.2')).toEqual([['id', 'type', 'gratuit', 'horaires'], 1]);
  expect(names('down.0')).toEqual([['gratuit', 'id', 'type', 'horaires'], 1]);
  expect(names('up.0')).toEqual([['id', 'gratuit', 'type', 'horaires'], 0]);
  expect(names('remove.1')).toEqual([['id', 'type', 'horaires'], null]);
  expect(names('add')).toEqual([['id', 'gratuit', 'type', 'horaires', ''], 4]);
  expect(names('remove.99')).toEqual([['id', 'gratuit', 'type', 'horaires'], null]);
});

test('each fault has its place', () => {
  const of = (changes: Readonly<Record<string, string>>) =>
    faultsOf(readInput(sent(toilets, changes)).input, judge).map(({ field, code }) => [field, code]);
  expect(of({})).toEqual([]);
  expect(of({ title: ' ' })).toEqual([[null, 'title.missing']]);
  expect(of({ 'f0.name': 'prix d’entrée', 'f1.name': 'TYPE' })).toEqual([
    [0, 'field.name'],
    [2, 'field.twice'],
  ]);
  expect(of({ 'f0.pattern': '(' })).toEqual([[0, 'field.pattern']]);
  expect(of({ 'f0.pattern': 'WC-\\d' })).toEqual([]);
  expect(of({ 'f0.pattern': '\\d+' })).toEqual([[0, 'field.example']]);
  expect(of({ 'f3.type': 'integer', 'f3.minimum': '12', 'f3.maximum': '2' })).toEqual([[3, 'field.bounds']]);
  expect(of({ 'f3.type': 'integer', 'f3.minimum': 'un' })).toEqual([[3, 'field.bounds']]);
  expect(of({ 'f3.type': 'integer', 'f3.minimum': '2', 'f3.example': '1' })).toEqual([[3, 'field.example']]);
  expect(of({ 'f2.example': 'tente' })).toEqual([[2, 'field.example']]);
});

test('a form that says too much, or nonsense, is read all the same', () => {
  expect(readInput(new URLSearchParams('count=-3&do=up.x')).input.fields).toEqual([]);
  expect(readInput(new URLSearchParams('count=100000')).input.fields).toHaveLength(300);
});
