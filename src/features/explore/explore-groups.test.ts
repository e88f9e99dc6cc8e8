// Groups, refinements, facets, time zones and languages of the Explore API over HTTP.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { datasetsPath as api, type ExplorePortal, openExplorePortal } from '../../../test/explore-portal.ts';

let portal: ExplorePortal;
beforeAll(async () => {
  portal = await openExplorePortal();
}, 60_000);
afterAll(() => portal?.close());

const get = (path: string) => portal.get(path);
const records = (query: string) => get(`${api}/equipements/records?${query}`);
const encode = encodeURIComponent;

test('groups: what they hold, their keys first, no total', async () => {
  const grouped = async (query: string) => (await records(query)).json();
  expect(await grouped(`select=${encode('count(*) as n')}&group_by=ville`)).toEqual({
    results: [
      { ville: 'Chambray-lès-Tours', n: 1 },
      { ville: 'Joué-lès-Tours', n: 1 },
      { ville: 'Luynes', n: 2 },
      { ville: 'Tours', n: 2 },
      { ville: null, n: 1 },
    ],
  });
  const ranged = `select=${encode('count(*), sum(montant)')}&group_by=${encode('RANGE(id,3)')}&order_by=${encode('count(*) desc')}&limit=2&offset=1`;
  expect(await grouped(ranged)).toEqual({
    results: [
      { 'RANGE(id,3)': '[0, 2]', 'count(*)': 2, 'sum(montant)': 300.5 },
      { 'RANGE(id,3)': '[6, 8]', 'count(*)': 2, 'sum(montant)': 205 },
    ],
  });
  expect((await records('group_by=ville&limit=20001')).json().message).toBe(
    'Invalid value for limit API parameter: 20001 was found but -1 <= limit <= 20000 is expected.',
  );
  expect((await records('group_by=ville&limit=19000&offset=1001')).json().message).toBe(
    'Invalid value for offset API parameter: 1001 was found but 0 <= offset <= 1000 is expected.',
  );
});

test('refine and exclude, repeated: values of one field widen, fields narrow, dates by their year', async () => {
  const ids = async (query: string) =>
    (await records(`select=id&${query}`)).json().results.map(({ id }: { id: number }) => id);
  expect(await ids('refine=ville:Tours')).toEqual([1, 2]);
  expect(await ids('refine=ville:Tours&refine=ville:%22Luynes%22')).toEqual([1, 2, 5, 6]);
  expect(await ids('refine=ville:Tours&refine=actif:true')).toEqual([1]);
  expect(await ids('refine=jour:2024')).toEqual([1, 2]);
  expect(await ids('refine=jour:2024/02')).toEqual([2]);
  expect(await ids('refine=jour:2025/06/02')).toEqual([6]);
  expect(await ids('exclude=ville:Tours&exclude=id:3')).toEqual([4, 5, 6, 7]);
  expect(await ids('refine=montant:200')).toEqual([2, 6]);
  // The last second of 2023 in Greenwich is 2024 in Paris.
  expect(await ids('refine=moment:2024&timezone=Europe/Paris')).toEqual([1, 2, 3]);
  expect(await ids('refine=moment:2024')).toEqual([1, 2]);
});

test('time zone and language', async () => {
  const query = `select=${encode("moment, date_format(moment, 'EEEE HH') as j")}&limit=1`;
  expect((await records(`${query}&timezone=Europe/Paris&lang=en`)).json().results[0]).toEqual({
    moment: '2024-01-15T09:00:00+01:00',
    j: 'Monday 09',
  });
  expect((await records(query)).json().results[0]).toEqual({ moment: '2024-01-15T08:00:00+00:00', j: 'lundi 08' });
  const file = `${api}/equipements/exports/csv?with_bom=false&select=id,moment&where=${encode('id in (2, 4, 5)')}`;
  expect((await get(`${file}&timezone=Europe/Paris`)).text).toBe(
    'id;moment\n2;2024-02-29T13:30:00+01:00\n4;\n5;2025-06-01T02:00:00+02:00\n',
  );
  expect((await get(`${file}&timezone=America/New_York&limit=1`)).text).toBe(
    'id;moment\n2;2024-02-29T07:30:00-05:00\n',
  );
  expect((await records('timezone=Europe/Nulle')).json()).toEqual({
    error_code: 'InvalidRESTParameterError',
    message:
      'Invalid value for timezone API parameter: Europe/Nulle was found but a time zone such as "Europe/Paris" is expected.',
  });
  expect((await records('lang=xx')).json().error_code).toBe('InvalidRESTParameterError');
});

const facets = async (query: string) => (await get(`${api}/equipements/facets?${query}`)).json();

test('facets: values and counts, the most frequent first, dates by their years', async () => {
  expect(await facets('facet=ville&facet=jour')).toEqual({
    links: [
      { rel: 'self', href: 'https://donnees.example.org/api/explore/v2.1/catalog/datasets/equipements/facets' },
      { rel: 'source', href: 'https://donnees.example.org/api/explore/v2.1/catalog/datasets/equipements' },
    ],
    facets: [
      {
        name: 'ville',
        facets: [
          { name: 'Luynes', value: 'Luynes', count: 2, state: 'displayed' },
          { name: 'Tours', value: 'Tours', count: 2, state: 'displayed' },
          { name: 'Chambray-lès-Tours', value: 'Chambray-lès-Tours', count: 1, state: 'displayed' },
          { name: 'Joué-lès-Tours', value: 'Joué-lès-Tours', count: 1, state: 'displayed' },
        ],
      },
      {
        name: 'jour',
        facets: [
          { name: '2022', value: '2022', count: 1, state: 'displayed' },
          { name: '2023', value: '2023', count: 1, state: 'displayed' },
          { name: '2024', value: '2024', count: 2, state: 'displayed' },
          { name: '2025', value: '2025', count: 2, state: 'displayed' },
        ],
      },
    ],
  });
  expect((await get(`${api}/equipements/facets/?facet=ville`)).status).toBe(200);
});

test('facets: refined, disjunctive, excluded, below', async () => {
  const [refined] = (await facets('facet=ville&refine=ville:Tours')).facets;
  expect(refined.facets).toEqual([{ name: 'Tours', value: 'Tours', count: 2, state: 'refined' }]);
  const [wide] = (
    await facets(`facet=${encode('facet(name="ville", disjunctive=true, sort="-count", limit=2)')}&refine=ville:Tours`)
  ).facets;
  expect(wide.facets).toEqual([
    { name: 'Luynes', value: 'Luynes', count: 2, state: 'displayed' },
    { name: 'Tours', value: 'Tours', count: 2, state: 'refined' },
  ]);
  const [excluded] = (await facets('facet=actif&exclude=actif:true')).facets;
  expect(excluded.facets).toEqual([
    { name: 'false', value: 'false', count: 2, state: 'displayed' },
    { name: 'true', value: 'true', count: 0, state: 'excluded' },
  ]);
  const [dated] = (await facets('facet=jour&refine=jour:2024/02')).facets;
  expect(dated.facets).toEqual([
    {
      name: '2024',
      value: '2024',
      count: 1,
      state: 'refined',
      facets: [
        {
          name: '02',
          value: '2024/02',
          count: 1,
          state: 'refined',
          facets: [{ name: '29', value: '2024/02/29', count: 1, state: 'displayed' }],
        },
      ],
    },
  ]);
  const [paths] = (
    await facets(
      `facet=${encode('facet(name="ville", hierarchical=true, separator="-lès-", sort="name")')}&refine=${encode('ville:Joué')}`,
    )
  ).facets;
  expect(paths.facets).toEqual([
    {
      name: 'Joué',
      value: 'Joué',
      count: 1,
      state: 'refined',
      facets: [{ name: 'Tours', value: 'Joué-lès-Tours', count: 1, state: 'displayed' }],
    },
  ]);
});
