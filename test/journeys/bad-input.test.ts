// What cannot be published is refused with a code and a sentence, and nothing else is lost.
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from './portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal('--empty');
  await portal.cli('organization', 'add', 'ville', '--name', 'Ville d’essai');
});
afterAll(() => portal?.close());

async function deposit(name: string, content: string | Buffer, ...more: string[]) {
  const path = join(portal.home, name);
  await writeFile(path, content);
  return portal.cli('deposit', path, '--organization', 'ville', '--title', 'Un fichier d’essai', '--publish', ...more);
}

const refusals: readonly [string, string | Buffer, string][] = [
  ['vide.csv', '', 'file.empty'],
  ['entete-seul.csv', 'nom;commune\n', 'file.headerOnly'],
  [
    'image.csv',
    Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), randomBytes(4000)]),
    'file.binary',
  ],
  [
    'large.csv',
    `${Array.from({ length: 5000 }, (_, i) => `c${i}`).join(';')}\n${'1;'.repeat(4999)}1\n`,
    'file.tooManyColumns',
  ],
];

test.each(refusals)('%s is refused', async (name, content, code) => {
  const answer = await deposit(name, content);
  expect(answer.code).not.toBe(0);
  expect(answer.json).toMatchObject({ error: { code, message: expect.stringMatching(/\S/) } });
});

const repaired: readonly [string, string | Buffer, string, number][] = [
  ['guillemet.csv', 'nom;ville\n"Gymnase;Tours\nPiscine;Luynes\nStade;Druye\n', 'quote.unclosed', 3],
  ['nuls.csv', Buffer.from('nom;ville\nGymna\0se;Tours\nPiscine;Luynes\n'), 'file.nulBytes', 2],
  [
    'melange.csv',
    Buffer.concat([
      Buffer.from('nom;ville\nÉcole;Tours\nThéâtre;Luynes\n'),
      Buffer.from('Mus\xe9e;Fondettes\n', 'latin1'),
    ]),
    'encoding.mixed',
    3,
  ],
];

test.each(repaired)('%s is read, and the oddity is told', async (name, content, code, rows) => {
  const answer = await deposit(name, content);
  expect(answer, answer.stderr).toMatchObject({ code: 0, json: { rows } });
  expect((answer.json as { problems: { code: string }[] }).problems.map((p) => p.code)).toContain(code);
});

test('a taken identifier, an unknown organization, an unknown licence', async () => {
  expect((await deposit('un.csv', 'a;b\n1;2\n', '--id', 'pris')).code).toBe(0);
  expect((await deposit('deux.csv', 'a;b\n3;4\n', '--id', 'pris')).json).toMatchObject({
    error: { code: 'dataset.idTaken' },
  });
  expect((await deposit('trois.csv', 'a;b\n3;4\n', '--organization', 'personne')).json).toMatchObject({
    error: { code: 'organization.unknown' },
  });
  expect((await deposit('quatre.csv', 'a;b\n3;4\n', '--license', 'cc-by-nc')).json).toMatchObject({
    error: { code: 'licence.notAllowed' },
  });
  expect(
    (await portal.cli('deposit', join(portal.home, 'absent.csv'), '--organization', 'ville', '--title', 'Absent')).json,
  ).toMatchObject({ error: { code: 'file.notFound' } });
  const kept = (await portal.json('/datasets/pris.json')) as { version: { number: number } };
  expect(kept.version.number).toBe(1);
});

test('a new version is asked for by name, and the first one stays', async () => {
  expect((await deposit('v1.csv', 'nom;age\nA;1\n', '--id', 'millesime')).code).toBe(0);
  expect(await deposit('v2.csv', 'nom;age\nA;1\nB;2\n', '--id', 'millesime', '--new-version')).toMatchObject({
    code: 0,
    json: { version: 2 },
  });
  const records = (await portal.json('/api/explore/v2.1/catalog/datasets/millesime/records')) as {
    total_count: number;
  };
  expect(records.total_count).toBe(2);
  expect(await (await portal.get('/datasets/millesime/versions/1/original')).text()).toBe('nom;age\nA;1\n');
});

test('a draft is nobody’s but its producer’s', async () => {
  const path = join(portal.home, 'brouillon.csv');
  await writeFile(path, 'nom;age\nA;1\n');
  expect(
    await portal.cli('deposit', path, '--organization', 'ville', '--title', 'Un brouillon', '--id', 'brouillon'),
  ).toMatchObject({ code: 0, json: { state: 'draft' } });
  expect((await portal.get('/datasets/brouillon')).status).toBe(404);
  expect((await portal.get('/api/explore/v2.1/catalog/datasets/brouillon/records')).status).toBe(404);
});
