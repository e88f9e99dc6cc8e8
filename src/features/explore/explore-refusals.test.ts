// What nobody should ask: the Explore API answers with a coded refusal, quickly, and goes on.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { datasetsPath as api, type ExplorePortal, openExplorePortal } from '../../../test/explore-portal.ts';

let portal: ExplorePortal;
beforeAll(async () => {
  portal = await openExplorePortal();
}, 60_000);
afterAll(() => portal?.close());

const many = (text: string, times: number) => text.repeat(times);
const list = (length: number) => Array.from({ length }, (_, i) => i).join(',');
const square = (positions: number) =>
  `geom'POLYGON((${Array.from({ length: positions }, (_, i) => `${i % 90} ${i % 80}`).join(',')}))'`;

/** A name of what is asked, its parameters, the start of the message. */
const malformed: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  [
    'deep parentheses',
    { where: `${many('(', 5000)}id = 1${many(')', 5000)}` },
    'The query has more than 100 nested levels.',
  ],
  ['many nots', { where: `${many('not ', 3000)}actif` }, 'The query has more than 100 nested levels.'],
  ['many minus signs', { where: `${many('-', 3000)}(id) = 1` }, 'The query has more than 100 nested levels.'],
  ['a long sum', { select: `id${many('+1', 5000)}` }, 'The query has more than 100 nested levels.'],
  [
    'deep calls',
    { select: `${many('ifnull(', 500)}id${many(',0)', 500)}` },
    'The query has more than 100 nested levels.',
  ],
  [
    'deep calls in groups',
    { group_by: `${many('lower(', 500)}nom${many(')', 500)}` },
    'The query has more than 100 nested levels.',
  ],
  ['a list of ten thousand', { where: `id in (${list(3500)})` }, 'A list has more than 1000 values.'],
  ['a range of ten thousand bounds', { group_by: `range(id,${list(3500)})` }, 'A list has more than 1000 values.'],
  ['a text of a megabyte', { where: `"${many('a', 1_000_000)}"` }, 'The query is longer than 20000 characters.'],
  ['many keys', { group_by: `${many('id,', 2000)}id` }, 'A list has more than 1000 values.'],
  ['an unclosed text', { where: `nom = "${many('\\\\', 500)}` }, 'Unexpected'],
  ['a zero byte', { where: 'id = 1\0' }, 'Unexpected'],
  ['a regular expression', { where: 'regexp_matches(nom, "(a+)+$")' }, 'Unknown function: regexp_matches.'],
  ['lpad', { select: 'lpad(nom, 2000000000, "x")' }, 'Unknown function: lpad.'],
  ['repeat', { select: 'repeat(nom, 2000000000)' }, 'Unknown function: repeat.'],
  ['a file', { where: 'read_text("/etc/passwd") = "x"' }, 'Unknown function: read_text.'],
  ['another table', { select: '(select 1)' }, 'Unexpected "1"'],
  ['a union', { where: '1=1 union select 1' }, 'Unexpected "union"'],
  ['a place of too many positions', { where: `intersects(geo_point_2d, ${square(2500)})` }, '"POLYGON('],
  [
    'places inside places',
    { where: `intersects(geo_point_2d, geom'${many('GEOMETRYCOLLECTION(', 500)}POINT(0 0)${many(')', 500)}')` },
    'The query has more than 100 nested levels.',
  ],
  [
    'arrays inside arrays',
    { where: `intersects(geo_point_2d, geom'{"type":"Polygon","coordinates":${many('[', 3000)}${many(']', 3000)}}')` },
    '',
  ],
  ['a number without end', { where: `id = ${many('9', 400)}` }, 'The number at character 6 is too large.'],
  ['a cluster of nothing', { group_by: 'geo_cluster(geo_point_2d, 99)' }, 'Function geo_cluster is written'],
  ['a very thin range', { group_by: 'range(id, 0)' }, 'Function range is written'],
  ['a lot of time', { group_by: 'range(jour, 99999999999 days)' }, 'Function range is written'],
  ['a pattern without end', { select: `date_format(jour, "${many('dd', 3000)}")` }, 'Function date_format is written'],
  ['a moment far away', { where: 'jour > now(years=99999999)' }, 'Function now is written'],
];

test.each(malformed)('%s', async (_name, parameters, message) => {
  const answer = await portal.get(`${api}/equipements/records?${new URLSearchParams(parameters)}`);
  expect(answer.status).toBe(400);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  const body = answer.json();
  expect(Object.keys(body)).toEqual(['error_code', 'message']);
  expect(body.error_code).toBe('ODSQLError');
  expect(body.message.startsWith(`ODSQL query is malformed: ${message}`)).toBe(true);
  const [clause] = Object.keys(parameters);
  expect(body.message.endsWith(` Clause(s) containing the error(s): ${clause}.`)).toBe(true);
});

const wrong: readonly (readonly [string, string, string])[] = [
  ['records', 'limit=1e9', 'Invalid value for limit API parameter: 1e9 was found but -1 <= limit <= 100 is expected.'],
  ['records', 'limit=-2', 'Invalid value for limit API parameter: -2 was found but -1 <= limit <= 100 is expected.'],
  [
    'records',
    'limit=100&offset=9901',
    'Invalid value for offset API parameter: 9901 was found but 0 <= offset <= 9900 is expected.',
  ],
  [
    'records',
    'offset=99999999999999999999',
    'Invalid value for offset API parameter: 99999999999999999999 was found but 0 <= offset <= 9990 is expected.',
  ],
  [
    'records',
    'offset=NaN',
    'Invalid value for offset API parameter: NaN was found but 0 <= offset <= 9990 is expected.',
  ],
  [
    'records',
    'group_by=id&limit=20001',
    'Invalid value for limit API parameter: 20001 was found but -1 <= limit <= 20000 is expected.',
  ],
  [
    'records',
    'group_by=id&offset=20001',
    'Invalid value for offset API parameter: 20001 was found but 0 <= offset <= 20000 is expected.',
  ],
  ['records', 'rows=5', 'Parameter rows is not supported here yet.'],
  ['records', 'q=tours', 'Parameter q is not supported here yet.'],
  ['records', '__proto__=1', 'Parameter __proto__ is not supported here yet.'],
  [
    'records',
    'timezone=Mars/Olympus',
    'Invalid value for timezone API parameter: Mars/Olympus was found but a time zone such as "Europe/Paris" is expected.',
  ],
  [
    'records',
    'lang=klingon',
    'Invalid value for lang API parameter: klingon was found but en, fr, nl, pt, it, ar, de, es, ca, eu, sv is expected.',
  ],
  [
    'records',
    'version=0',
    'Invalid value for version API parameter: 0 was found but 1 <= version <= 2147483647 is expected.',
  ],
  ['records', 'refine=Tours', 'Invalid value for refine API parameter: Tours was found but facet:value is expected.'],
  ['facets', 'offset=3', 'Parameter offset is not supported here yet.'],
  ['facets', 'select=id', 'Parameter select is not supported here yet.'],
];

test.each(wrong)('%s?%s', async (path, query, message) => {
  const answer = await portal.get(`${api}/equipements/${path}?${query}`);
  expect({ status: answer.status, ...answer.json() }).toEqual({
    status: 400,
    error_code: 'InvalidRESTParameterError',
    message,
  });
});

test('too many facets, refinements, or a facet that is no facet', async () => {
  const facets = (query: string) => portal.get(`${api}/equipements/facets?${query}`);
  const told = async (query: string) => (await facets(query)).json().message;
  expect(await told(many('facet=id&', 31))).toBe(
    'ODSQL query is malformed: A list has more than 30 values. Clause(s) containing the error(s): facet.',
  );
  expect(await told(many('refine=id:1&', 201))).toBe(
    'ODSQL query is malformed: A list has more than 200 values. Clause(s) containing the error(s): refine.',
  );
  expect(await told(`facet=${encodeURIComponent('facet(name="id", limit=100000)')}`)).toContain(
    'Function facet is written',
  );
});

test('what harms nobody is let through', async () => {
  const query = 'apikey=abc&pretty=false&_=1700000000&utm_source=x&include_links=true&include_app_metas=false&limit=1';
  expect((await portal.get(`${api}/equipements/records?${query}`)).status).toBe(200);
});

test('after all that, it still answers', async () => {
  expect((await portal.get(`${api}/equipements/records?limit=1`)).json().total_count).toBe(7);
});
