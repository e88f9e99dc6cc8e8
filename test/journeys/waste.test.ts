// A territory publishes its rounds, its rule for holidays, its exceptions and its recycling centres: whoever lives there knows when the bin goes out.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from './portal.ts';

let portal: Portal;
const folder = mkdtempSync(join(tmpdir(), 'terroir-waste-'));
const rounds = `code_insee;commune;secteur;flux;bac;jour;semaine;consigne
37050;Chambray-lès-Tours;Nord;ordures ménagères;gris;jeudi;toutes;Sortez le bac la veille après 19 h
37050;Chambray-lès-Tours;Nord;emballages;jaune;mercredi;paire;
37122;Joué-lès-Tours;Centre;ordures ménagères;gris;lundi;toutes;
37122;Joué-lès-Tours;Sud;ordures ménagères;gris;mardi;toutes;
`;
const streets = `code_insee;commune;voie;cote;secteur;jours
37050;Chambray-lès-Tours;Rue des Acacias;;Nord;
37122;Joué-lès-Tours;Avenue de la République;pair;Centre;
37122;Joué-lès-Tours;Avenue de la République;impair;Sud;
37122;Joué-lès-Tours;Allée de la Douve;;;Bacs jaune mercredi, bleu mardi
`;
const holidays = `code_insee;regle;dernier_jour;zone;feries_observes;motif
;semaine décalée;samedi;métropole;;Aide-mémoire
`;
const exceptions = (more = '') => `date;nouvelle_date;code_insee;secteur;flux;motif
2029-05-09;2029-05-11;37050;Nord;emballages;deux jours fériés
${more}`;
const centres = `id;nom;adresse;code_insee;commune;latitude;longitude;horaires;dechets_acceptes;carte_obligatoire
D1;Déchèterie du Cassantin;Rue du Cassantin;37050;Chambray-lès-Tours;47.34;0.7;24/7;bois|gravats;oui
`;
const sorting = `dechet;synonymes;destination;consigne
Pot de yaourt;petits suisses|crème dessert;bac jaune;Vidé, sans le laver
Pile;accumulateur;bacs de collecte en magasin;
`;
const membership = `code_insee;commune;nom_epci
37003;Amboise;CC du Val d’Amboise
`;

async function publish(id: string, content: string): Promise<void> {
  const path = join(folder, `${id}.csv`);
  writeFileSync(path, content);
  const more = ['--organization', 'metropole', '--title', id, '--id', id, '--publish'];
  const { code, json } = await portal.cli('deposit', path, ...more);
  expect([code, json]).toEqual([0, expect.anything()]);
}

type Line = { date: string; streams: { label: string }[]; reasons: string[]; putOut: { text: string } };
type Next = {
  next: Line[];
  undecided: { planned: string; sentence: string }[];
  sources: { title: string; licence: string; updatedAt: string }[];
};
const next = async (sector: string, from: string, count: number) =>
  (await portal.json(`/api/v1/waste/sectors/${sector}/collections?from=${from}&count=${count}`)) as Next;
const sectorOf = async (query: Record<string, string>) =>
  (await portal.json(`/api/v1/waste/sector?${new URLSearchParams(query)}`)) as Record<string, unknown>;
const html = async (path: string) =>
  (await (await fetch(portal.url + path, { headers: { 'accept-language': 'fr' } })).text()).replaceAll('\u00a0', ' ');

beforeAll(async () => {
  portal = await openPortal('--empty');
  await portal.cli('organization', 'add', 'metropole', '--name', 'Métropole');
  await publish('tournees', rounds);
  await publish('voies', streets);
  await publish('feries', holidays);
  await publish('reports', exceptions());
  await publish('decheteries', centres);
  await publish('guide', sorting);
  await publish('communes-du-departement', membership);
}, 180_000);
afterAll(async () => {
  await portal.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the sectors, with where what is said of them comes from', async () => {
  const { sectors } = (await portal.json('/api/v1/waste/sectors')) as { sectors: { id: string; sources: unknown[] }[] };
  expect(sectors.map(({ id }) => id)).toEqual(['37050-nord', '37122-centre', '37122-sud']);
  expect(sectors[0]?.sources).toMatchObject([
    { title: 'tournees', organization: 'Métropole' },
    { title: 'voies' },
    { title: 'reports' },
    { title: 'feries' },
  ]);
});

test('an address leads to its sector, by its street, its number, its commune', async () => {
  expect(await sectorOf({ street: '12 rue des acacias', commune: '37050' })).toMatchObject({
    kind: 'found',
    sector: { id: '37050-nord' },
    street: 'Rue des Acacias',
  });
  expect(await sectorOf({ street: '7 bis av. de la République', commune: 'Joué lès Tours' })).toMatchObject({
    kind: 'found',
    sector: { id: '37122-sud' },
  });
  expect(await sectorOf({ street: 'avenue de la republique', commune: '37122' })).toMatchObject({
    kind: 'choose',
    sectors: [{ id: '37122-centre' }, { id: '37122-sud' }],
  });
  const douve = await sectorOf({ street: 'allée de la douve' });
  expect(douve).toMatchObject({ kind: 'found', sector: { name: 'Allée de la Douve' } });
  expect(await sectorOf({ commune: '37050' })).toMatchObject({ kind: 'found' });
});

test('H4: outside the territory, who is competent, or that it is not known', async () => {
  expect(await sectorOf({ commune: 'Amboise' })).toEqual({
    kind: 'outside',
    insee: '37003',
    competent: 'CC du Val d’Amboise',
  });
  expect(await sectorOf({ commune: '75056' })).toEqual({ kind: 'outside', insee: '75056', competent: null });
  expect(await html('/dechets?commune=Amboise')).toContain('c’est CC du Val d’Amboise qui s’en occupe');
  expect(await html('/dechets?commune=Atlantide')).toContain('nous ne savons pas qui s’en occupe');
});

test('the next collections, shifts explained, the evening before, source and licence', async () => {
  const { next: days, sources } = await next('37050-nord', '2025-04-28', 2);
  expect(days.map(({ date, streams }) => [date, streams.map(({ label }) => label)])).toEqual([
    // 30 April 2025 is in week 18.
    ['2025-04-30', ['bac jaune']],
    ['2025-05-02', ['bac gris']],
  ]);
  expect(days[1]?.reasons).toEqual(['décalé : jeudi 1er mai férié']);
  expect(sources[0]).toMatchObject({ title: 'tournees', licence: 'lov2' });
});

test('H2: two holidays in a week: the day is shown as to be confirmed, none is guessed', async () => {
  // 9 May 2029 is a Wednesday of week 19, odd: no yellow bin; Thursday 10 is Ascension.
  const { next: days, undecided } = await next('37050-nord', '2029-05-07', 1);
  expect(undecided.map(({ planned }) => planned)).toEqual(['2029-05-10']);
  expect(undecided[0]?.sentence).toContain('jour à confirmer');
  expect(days[0]?.date).toBe('2029-05-16');
});

test('H10: the agenda follows: the same event moves when an exception is added', async () => {
  const year = new Date().getFullYear() + 1;
  // The second Thursday of February is no holiday, nor is its Friday.
  const first = new Date(Date.UTC(year, 1, 1));
  const thursday = new Date(Date.UTC(year, 1, 1 + ((11 - first.getUTCDay()) % 7) + 7));
  const day = thursday.toISOString().slice(0, 10);
  const friday = new Date(thursday.getTime() + 86_400_000).toISOString().slice(0, 10);
  const basic = (date: string) => `DTSTART;VALUE=DATE:${date.replaceAll('-', '')}`;
  const path = '/api/v1/waste/sectors/37050-nord/calendar.ics';
  const events = async () => {
    const answer = await portal.get(path);
    expect(answer.headers.get('content-type')).toContain('text/calendar');
    return (await answer.text()).split('BEGIN:VEVENT').slice(1);
  };
  const uid = (event: string | undefined) => /UID:(\S+)/.exec(event ?? '')?.[1];
  const sequence = (event: string | undefined) => Number(/SEQUENCE:(\d+)/.exec(event ?? '')?.[1]);
  const before = (await events()).find((each) => each.includes(basic(day)) && each.includes('gris'));
  expect(uid(before)).toBeDefined();
  writeFileSync(join(folder, 'reports.csv'), exceptions(`${day};${friday};37050;Nord;ordures ménagères;neige\n`));
  const { code } = await portal.cli(
    'deposit',
    join(folder, 'reports.csv'),
    '--organization',
    'metropole',
    '--title',
    'reports',
    '--id',
    'reports',
    '--new-version',
    '--publish',
  );
  expect(code).toBe(0);
  await expect
    .poll(async () => (await events()).find((each) => uid(each) === uid(before)), { timeout: 20_000, interval: 500 })
    .toContain(basic(friday));
  const after = (await events()).find((each) => uid(each) === uid(before));
  expect(after?.replace(/\r\n /g, '')).toContain('neige');
  expect(sequence(after)).toBeGreaterThanOrEqual(sequence(before));
});

test('H7: the page answers without a script, and sets no cookie', async () => {
  const answer = await portal.get('/dechets?commune=37050&rue=rue+des+acacias&dechet=yaourts');
  expect(answer.headers.get('set-cookie')).toBeNull();
  const page = await html('/dechets?commune=37050&rue=rue+des+acacias&dechet=yaourts');
  for (const words of [
    'Prochaines collectes',
    'Sortez-le',
    'bac gris',
    'Ouverte, ferme à 24 h',
    'bac jaune',
    'Licence',
  ])
    expect(page.toLowerCase()).toContain(words.toLowerCase());
});

test('a sector’s page, its calendar of a year, and their data at the same address', async () => {
  const page = await html('/dechets/37050-nord/2025');
  expect(page.match(/<table/g)).toHaveLength(12);
  expect(page).toContain('Collectes 2025');
  const data = (await portal.json('/dechets/37050-nord/2025.json')) as Next;
  expect(data.next.find(({ date }) => date === '2025-05-02')?.reasons).toEqual(['décalé : jeudi 1er mai férié']);
  expect((await portal.get('/dechets/nulle-part')).status).toBe(404);
  expect((await portal.get('/api/v1/waste/sectors/37050-nord/collections?from=demain')).status).toBe(400);
});
