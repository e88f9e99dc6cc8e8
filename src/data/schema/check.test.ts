import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isSiren, isSiret } from '../../lib/siret.ts';
import { readTableSchema } from '../../model/schema-reader.ts';
import { quoteLiteral } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { openTableEngine } from '../../stores/tables/pool.ts';
import type { ParsedTable } from '../stages.ts';
import { checkTable } from './check.ts';
import { readPattern } from './patterns.ts';

let folder = '';
let tables: TableEngine;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terroir-check-'));
  tables = openTableEngine({
    children: 1,
    threadsPerChild: 2,
    memoryMegabytes: 400,
    timeoutSeconds: 60,
    folders: [folder],
    temporaryFolder: join(folder, 'engine'),
  });
});

afterAll(async () => {
  await tables.close();
  await rm(folder, { recursive: true, force: true });
});

/** A table as the parse stage hands it over: a CSV whose cells are all quoted, its header on row 1. */
async function tableOf(headers: readonly string[], rows: readonly (readonly string[])[]): Promise<ParsedTable> {
  const path = join(folder, `${crypto.randomUUID()}.csv`);
  const line = (cells: readonly string[]) =>
    cells.map((cell) => (cell === '' ? '' : `"${cell.replaceAll('"', '""')}"`)).join(',');
  // A single empty cell would be an empty line, which the engine skips: the parse stage never hands that over.
  await writeFile(path, [headers, ...rows].map((cells) => `${line(cells)},\n`).join(''));
  const source = {
    path,
    delimiter: ',',
    records: rows.length,
    skipLines: 1,
    columns: headers.length + 1,
    original: true,
    longestRecord: 4096,
  };
  return {
    name: 'table',
    source,
    headerRow: 1,
    rows: rows.length,
    emptyRows: 0,
    headers: headers.map((title) => ({ title, name: title })),
    firstSourceRow: 2,
    droppedSourceRows: [],
    sample: rows,
  };
}

/** How many of the values of a column break a rule: identical faults are one problem, all are counted. */
async function broken(field: Record<string, unknown>, values: readonly string[]): Promise<number> {
  const schema = readTableSchema({ fields: [{ name: 'v', ...field }] }, 'test');
  const table = await tableOf(
    ['v'],
    values.map((each) => [each]),
  );
  const { value, problems } = await checkTable(table, schema, tables);
  const told = problems.filter((each) => each.severity === 'error');
  expect(told.reduce((sum, each) => sum + (each.count ?? 1), 0)).toBe(value.errorCount);
  return value.errorCount;
}

const types: readonly (readonly [
  field: Record<string, unknown>,
  right: readonly string[],
  wrong: readonly string[],
])[] = [
  [{ type: 'integer' }, ['0', '-12', '+3', '007', ' 8 ', ''], ['1.5', '1e3', 'un', '1 000', '--1']],
  [{ type: 'integer', groupChar: ' ' }, ['1 000', '12'], ['1,000']],
  [{ type: 'integer', bareNumber: false }, ['12 €', 'n° 12', '95%'], ['douze']],
  [
    { type: 'number' },
    ['1.5', '.5', '2.', '-3e-2', 'NaN', 'INF', '-INF'],
    ['1,5', '1 000', 'inf', '0x1', '1_0', '€ 3'],
  ],
  [{ type: 'number', decimalChar: ',', groupChar: ' ' }, ['1 250,50', '3'], ['1.5', '1.250,50']],
  [{ type: 'boolean' }, ['true', 'False', '1', '0'], ['oui', 'vrai', '2']],
  [{ type: 'boolean', trueValues: ['oui'], falseValues: ['non'] }, ['oui', 'non'], ['true', 'Oui', '1']],
  [
    { type: 'date' },
    ['2024-02-29', '1999-12-31'],
    ['2023-02-29', '31/12/1999', '2024-1-1', '2024-01-01T00:00:00', '24-01-01'],
  ],
  [{ type: 'date', format: '%d/%m/%Y' }, ['29/02/2024'], ['31/02/2024', '2024-02-29', '1/2/2024']],
  [{ type: 'date', format: '%d/%m/%y' }, ['29/02/24'], ['29/02/2024']],
  [{ type: 'date', format: '%Y' }, ['2024'], ['24', '20240']],
  [{ type: 'date', format: 'fmt:%Y%m%d' }, ['20240131'], ['20240231']],
  [{ type: 'date', format: 'any' }, ['2024-01-31', '31/01/2024', '31.01.2024'], ['31/02/2024', 'demain']],
  [{ type: 'time' }, ['09:30:00', '09:30', '23:59:59Z'], ['24:00:00', '9h30', '09:60:00']],
  [{ type: 'time', format: '%Hh%M' }, ['09h30'], ['09:30']],
  [
    { type: 'datetime' },
    ['2024-01-31T09:30:00Z', '2024-01-31T09:30:00+01:00', '2024-01-31T09:30:00'],
    ['2024-01-31', '2024-02-31T09:30:00Z', '31/01/2024 09:30'],
  ],
  [{ type: 'datetime', format: '%d/%m/%Y %H:%M' }, ['31/01/2024 09:30'], ['31/02/2024 09:30', '2024-01-31T09:30:00Z']],
  [{ type: 'datetime', format: 'any' }, ['2024-01-31 09:30', '2024-01-31T09:30:00+01:00'], ['hier']],
  [{ type: 'year' }, ['2024', '-0044'], ['24', '2024.0']],
  [{ type: 'yearmonth' }, ['2024-01'], ['2024-13', '2024', '01/2024']],
  [{ type: 'duration' }, ['P1Y2M10DT2H30M', 'PT0.5S', '-P3W'], ['P', 'PT', 'P1YT', '1 jour']],
  [{ type: 'geopoint' }, ['0.68, 47.39', '-180,90'], ['47.39', '[0.68, 47.39]', '0.68; 47.39', '200, 10', '0, 95']],
  [{ type: 'geopoint', format: 'array' }, ['[0.68,47.39]', '[ 0.68 , 47.39 ]'], ['0.68, 47.39', '[47.39]']],
  [{ type: 'geopoint', format: 'object' }, ['{"lon":0.68,"lat":47.39}'], ['{"lon":0.68}', '0.68, 47.39']],
  [
    { type: 'geojson' },
    ['{"type":"Point","coordinates":[0,1]}', '{"type":"Feature","geometry":null}'],
    ['{"type":"Pin"}', 'POINT(0 1)'],
  ],
  [{ type: 'array' }, ['[]', '["a"]'], ['{}', 'a,b', '[']],
  [{ type: 'object' }, ['{}'], ['[]', 'null', 'x']],
  [{ type: 'list', itemType: 'integer' }, ['1,2', '3'], ['1;2', 'a']],
  [{ type: 'list', itemType: 'date', delimiter: '|' }, ['2024-01-01|2024-01-02'], ['2024-01-01,2024-01-02']],
  [{ type: 'string', format: 'email' }, ['mairie@ville.fr', "o'neil+x@a-b.co"], ['mairie@@ville.fr', 'mairie', 'a@b']],
  [
    { type: 'string', format: 'uri' },
    ['https://ville.fr/a?b=c#d', 'mailto:a@b.fr', 'urn:isbn:1'],
    ['www.ville.fr', 'https://a b'],
  ],
  [{ type: 'string', format: 'uuid' }, ['550e8400-e29b-41d4-a716-446655440000'], ['550e8400']],
  [{ type: 'string', format: 'binary' }, ['VGVycm9pcg=='], ['pas du base64 !']],
  [{ type: 'any' }, ['tout', '1'], []],
  [{}, ['tout', '1'], []],
];

test.each(types)('%j accepts its values and no others', async (field, right, refused) => {
  expect(await broken(field, right)).toBe(0);
  expect(await broken(field, refused)).toBe(refused.length);
});

const constraints: typeof types = [
  [{ type: 'string', constraints: { required: true } }, ['a', '0', 'é'], ['', '  ', '\u00a0']],
  [{ type: 'string', constraints: { minLength: 2, maxLength: 4 } }, ['ab', 'éèàù', ''], ['a', 'abcde']],
  [{ type: 'string', constraints: { pattern: '\\d{5}|NA' } }, ['37000', 'NA', ''], ['3700', '370000', 'NAN', 'xNA']],
  [{ type: 'string', constraints: { pattern: '(?!00)\\d\\d' } }, ['12'], ['00', '123']],
  [{ type: 'string', constraints: { enum: ["l'été", 'a,b'] } }, ["l'été", 'a,b'], ['été', 'a', "l'été "]],
  [{ type: 'integer', constraints: { enum: [1, 2] } }, ['1', '02'], ['3']],
  [{ type: 'integer', constraints: { minimum: 1, maximum: 10 } }, ['1', '10'], ['0', '11', '-5']],
  [{ type: 'number', constraints: { exclusiveMinimum: 0, exclusiveMaximum: 1 } }, ['0.5'], ['0', '1']],
  [{ type: 'number', decimalChar: ',', constraints: { maximum: 1 } }, ['0,5'], ['1,5']],
  [{ type: 'date', constraints: { minimum: '2020-01-01' } }, ['2020-01-01'], ['2019-12-31']],
  [{ type: 'date', format: '%d/%m/%Y', constraints: { maximum: '31/12/2024' } }, ['31/12/2024'], ['01/01/2025']],
  [{ type: 'year', constraints: { minimum: 2000 } }, ['2000'], ['1999']],
  [{ type: 'yearmonth', constraints: { maximum: '2024-06' } }, ['2024-06'], ['2024-07']],
  [{ type: 'time', constraints: { minimum: '08:00:00' } }, ['08:00:00'], ['07:59:00']],
  [
    { type: 'datetime', constraints: { minimum: '2024-01-01T00:00:00Z' } },
    ['2024-01-01T00:00:00Z'],
    ['2023-12-31T23:59:59Z'],
  ],
  [{ type: 'array', constraints: { minLength: 1, maxLength: 2 } }, ['["a"]', '["a","b"]'], ['[]', '[1,2,3]']],
  [{ type: 'array', constraints: { jsonSchema: { items: { type: 'integer' } } } }, ['[1]'], ['["a"]']],
  [{ type: 'object', constraints: { jsonSchema: { required: ['a'] } } }, ['{"a":1}'], ['{}']],
  [{ type: 'array', arrayItem: { type: 'string', enum: ['bio', 'local'] } }, ['["bio"]', '[]'], ['["bio","loin"]']],
  [{ type: 'string', missingValues: ['', 'NC'], constraints: { required: true } }, ['a'], ['NC', '']],
  [{ type: 'integer', missingValues: ['', 'NC'] }, ['1', 'NC', ''], ['nc']],
];

test.each(constraints)('%j is kept by its values and no others', async (field, right, refused) => {
  expect(await broken(field, right)).toBe(0);
  expect(await broken(field, refused)).toBe(refused.length);
});

/** Checks whole rows; answers [code, cell, count] of each error. */
async function errors(
  schema: Record<string, unknown>,
  headers: readonly string[],
  rows: readonly (readonly string[])[],
) {
  const { problems } = await checkTable(await tableOf(headers, rows), readTableSchema(schema, 'test'), tables);
  return problems.filter((each) => each.severity === 'error').map((each) => [each.code, each.cell, each.count ?? 1]);
}

const text = (...names: readonly string[]) => names.map((name) => ({ name, type: 'string' }));

test('what repeats is told with the row where it is already', async () => {
  const schema = { fields: [{ name: 'a', constraints: { unique: true } }, { name: 'b' }], primaryKey: ['a', 'b'] };
  const table = await tableOf(
    ['a', 'b'],
    [
      ['x', '1'],
      ['y', '1'],
      ['x', '1'],
      ['', '2'],
      ['', '3'],
    ],
  );
  const { problems, value } = await checkTable(table, readTableSchema(schema, 'test'), tables);
  expect(problems.map(({ code, row, value: read, expected }) => [code, row, read, expected])).toEqual([
    ['key.repeated', 4, 'x / 1', '2'],
    ['value.repeated', 4, 'x', '2'],
    ['value.required', 5, null, '…'],
  ]);
  // The key is empty on two rows.
  expect(value.errorCount).toBe(4);
});

test('a foreign key into the table itself', async () => {
  const schema = {
    fields: text('id', 'parent'),
    foreignKeys: [{ fields: 'parent', reference: { resource: '', fields: 'id' } }],
  };
  const rows = [
    ['1', ''],
    ['2', '1'],
    ['3', '9'],
  ];
  expect(await errors(schema, ['id', 'parent'], rows)).toEqual([['key.unknown', 'B4', 1]]);
});

test('fieldsMatch closes the list of columns, or opens it', async () => {
  const fields = text('a', 'b');
  expect(await errors({ fields, fieldsMatch: 'exact' }, ['b', 'a'], [['1', '2']])).toEqual([['column.order', 'A1', 1]]);
  expect(await errors({ fields, fieldsMatch: 'equal' }, ['b', 'a'], [['1', '2']])).toEqual([]);
  expect(await errors({ fields, fieldsMatch: ['equal'] }, ['a'], [['1']])).toEqual([['column.required', null, 1]]);
  expect(await errors({ fields, fieldsMatch: 'superset' }, ['a', 'c'], [['1', '2']])).toEqual([
    ['column.extra', 'B1', 1],
  ]);
  expect(await errors({ fields, fieldsMatch: 'subset' }, ['a', 'b', 'c'], [['1', '2', '3']])).toEqual([]);
  expect(await errors({ fields }, ['a', 'c'], [['1', '2']])).toEqual([]);
});

const checks: readonly (readonly [
  check: { name: string; params: Record<string, unknown> },
  right: readonly (readonly string[])[],
  refused: readonly (readonly string[])[],
])[] = [
  [
    { name: 'french-siret-value', params: { column: 'a' } },
    [['21370261600011'], ['35600000000048'], ['']],
    [['21370261600012'], ['213702616'], ['2137026160001A']],
  ],
  [{ name: 'siren', params: { column: 'a' } }, [['213702616']], [['213702615'], ['21370261600011']]],
  [
    { name: 'cohesive-columns-value', params: { column: 'a', othercolumns: ['b', 'c'] } },
    [
      ['1', '2', '3'],
      ['', '', ''],
    ],
    [
      ['1', '', '3'],
      ['', '2', ''],
    ],
  ],
  [
    { name: 'compare-columns-value', params: { column: 'a', op: '>=', column2: 'b' } },
    [
      ['10', '9'],
      ['2024-02-01', '2024-01-31'],
      ['', '3'],
    ],
    [
      ['9', '10'],
      ['2024-01-31', '2024-02-01'],
    ],
  ],
  [{ name: 'compare-columns-value', params: { column: 'a', op: '==', column2: 'b' } }, [['1.0', '1']], [['a', 'b']]],
  [
    { name: 'sum-columns-value', params: { column: 'a', columns: ['b', 'c'] } },
    [
      ['0.3', '0.1', '0.2'],
      ['3', '', '2'],
    ],
    [['4', '1', '2']],
  ],
  [{ name: 'year-interval-value', params: { column: 'a' } }, [['2023/2024']], [['2024/2023'], ['2024'], ['2024/2024']]],
  [
    { name: 'year-interval-value', params: { column: 'a', 'allow-year-only': 'yes' } },
    [['2024'], ['2023/2025']],
    [['24']],
  ],
  [
    { name: 'one-of-required', params: { column1: 'a', column2: 'b' } },
    [
      ['1', ''],
      ['', '2'],
      ['1', '2'],
    ],
    [['', '', 'x']],
  ],
  [
    { name: 'nomenclature-acte', params: { column: 'a' } },
    [['Commande publique/Marchés'], ['finances locales/Subventions']],
    [['Commande publique'], ['Cuisine/Menus']],
  ],
  [
    { name: 'opening-hours-value', params: { column: 'a' } },
    [
      ['24/7'],
      ['Mo-Fr 09:00-12:00,14:00-17:30; Sa 09:00-12:00; PH off'],
      ['Apr-Oct: Mo-Su 08:00-20:00'],
      ['Mo[1] 10:00-12:00'],
      ['week 1-53/2 We 09:00-12:00'],
    ],
    [['true'], ['lundi 9h-12h'], ['Mo-Fr 9h-12h'], ['Mo 25:99']],
  ],
  [
    { name: 'phone-number-value', params: { column: 'a' } },
    [['+33247216000'], ['02 47 21 60 00'], ['3639'], ['15'], ['+32 2 123 45 67']],
    [['0047'], ['02 47 21'], ['téléphone']],
  ],
  [
    { name: 'french-gps-coordinates', params: { column: 'a' } },
    [['[0.68, 47.39]'], ['[55.45, -20.88]']],
    [['[47.39, 0.68]'], ['[-74, 40.7]']],
  ],
];

test.each(checks)('Validata’s check %j', async (check, right, refused) => {
  const schema = { fields: text('a', 'b', 'c'), custom_checks: [check] };
  const pad = (row: readonly string[]) => ['a', 'b', 'c'].map((_, index) => row[index] ?? '');
  const table = await tableOf(['a', 'b', 'c'], [...right, ...refused].map(pad));
  const { problems } = await checkTable(table, readTableSchema(schema, 'test'), tables);
  const rows = problems.flatMap((each) =>
    each.row === null ? [] : Array.from({ length: each.count ?? 1 }, (_, more) => each.row ?? 0 + more),
  );
  expect(problems.reduce((sum, each) => sum + (each.count ?? 1), 0)).toBe(refused.length);
  expect(Math.min(...rows)).toBe(right.length + 2);
});

test('a check that nobody knows is told, and a check about a missing column is skipped', async () => {
  const custom_checks = [
    { name: 'magic', params: {} },
    { name: 'french-siret-value', params: { column: 'absent' } },
  ];
  const table = await tableOf(['a'], [['x']]);
  const { value, problems } = await checkTable(
    table,
    readTableSchema({ fields: text('a'), custom_checks }, 't'),
    tables,
  );
  expect(value).toMatchObject({ valid: true });
  expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['check.unknown', 'warning']]);
});

test('identical errors are one problem, and very many are still all counted', async () => {
  const rows = Array.from({ length: 3000 }, (_, index) => [
    index % 3 === 0 ? 'Assoc' : index % 3 === 1 ? `${index},5` : '1',
  ]);
  const schema = { fields: [{ name: 'v', type: 'number' }] };
  const { value, problems } = await checkTable(await tableOf(['v'], rows), readTableSchema(schema, 't'), tables);
  expect(value.errorCount).toBe(2000);
  expect(problems.reduce((sum, each) => sum + (each.count ?? 1), 0)).toBe(2000);
  expect(problems).toContainEqual(expect.objectContaining({ value: 'Assoc', count: 1000, cell: 'A2' }));
});

test('a value that cannot be told to the engine is only a value', async () => {
  const nasty = ["'; DROP TABLE t; --", '"c0"', 'a\\', '%', '{}', "''", '\u0000'];
  const pattern = nasty.map((each) => each.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('|');
  for (const constraint of [{ enum: nasty }, { pattern }])
    expect(await broken({ type: 'string', constraints: constraint }, ["x'", ...nasty.slice(0, 6)])).toBe(1);
});

test('digits that check out here check out in the engine', async () => {
  const number = (digits: number) => fc.stringMatching(new RegExp(`^\\d{${digits}}$`));
  const sirets = fc.sample(
    fc.oneof(
      number(14),
      number(9).map((nic) => `35600${nic}`),
      number(5).map((nic) => `356000000${nic}`),
    ),
    3000,
  );
  const sirens = fc.sample(number(9), 3000);
  const check = (name: string) => [{ name, params: { column: 'v' } }];
  const wrongSirets = sirets.filter((text) => !isSiret(text)).length;
  const count = async (values: readonly string[], name: string) => {
    const schema = readTableSchema({ fields: [{ name: 'v', type: 'string' }], custom_checks: check(name) }, 't');
    return (
      await checkTable(
        await tableOf(
          ['v'],
          values.map((each) => [each]),
        ),
        schema,
        tables,
      )
    ).value.errorCount;
  };
  expect(await count(sirets, 'siret')).toBe(wrongSirets);
  expect(await count(sirens, 'siren')).toBe(sirens.filter((text) => !isSiren(text)).length);
});

test('the engine and JavaScript read a pattern alike', async () => {
  const piece = fc.constantFrom(
    'a',
    'é',
    '\\d',
    '\\w',
    '\\s',
    '.',
    '[a-z]',
    '[^0-9]',
    '(a|b)',
    '(?:x)',
    '\\.',
    '-',
    '[\\w-]',
    '\\u00e9',
    '^',
    '$',
    'A',
  );
  const times = fc.constantFrom('', '', '?', '*', '+', '{1,3}');
  const patterns = fc
    .array(fc.tuple(piece, times), { minLength: 1, maxLength: 5 })
    .map((parts) => parts.map(([one, many]) => (/[$^]/.test(one) ? one : one + many)).join(''));
  const values = ['', 'a', 'é', 'b', 'ab', 'x1', '1', '-', 'a-b', ' ', '.', 'A', 'aé1', 'été 2024', '\u00a0'];
  const cases = fc.sample(patterns, 150).map((pattern) => ({ pattern, ...readPattern(pattern) }));
  const usable = cases.filter(({ re2 }) => re2 !== null);
  expect(usable.length).toBeGreaterThan(100);
  const columns = usable.flatMap(({ re2 }) =>
    values.map((value) => `regexp_full_match(${quoteLiteral(value)}, ${quoteLiteral(re2 ?? '')})`),
  );
  const [answer] = await tables.run([{ sql: `SELECT [${columns.join(', ')}]` }]);
  const engine = answer?.rows[0]?.[0];
  const ours = usable.flatMap(({ js }) => values.map((value) => js?.test(value)));
  const differs = Array.isArray(engine)
    ? ours.flatMap((each, index) => (each === engine[index] ? [] : [columns[index]]))
    : ['no answer'];
  expect(differs).toEqual([]);
});

test('any descriptor is read or refused with a reason, never thrown at', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (anything, constraints) => {
      for (const value of [
        anything,
        { fields: [anything] },
        { fields: [{ name: 'a', type: 'string', constraints }] },
      ]) {
        try {
          expect(readTableSchema(value, 'x').fields.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toMatchObject({ code: 'schema.invalid' });
        }
      }
    }),
  );
});
