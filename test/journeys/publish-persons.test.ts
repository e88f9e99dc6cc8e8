// A file about persons by the command line: it is not published before each of its columns is decided.
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

const people = [
  'Nom;Courriel;Activité',
  'Jeanne MARTIN;jeanne.martin@gmail.com;Danse',
  'Paul DURAND;paul.durand@free.fr;Judo',
  'Sophie BERNARD;sophie.bernard@orange.fr;Danse',
  'Luc PETIT;luc.petit@gmail.com;Échecs',
].join('\n');

async function deposit(id: string, content: string, ...more: string[]) {
  const path = join(portal.home, `${id}.csv`);
  await writeFile(path, content);
  return portal.cli('deposit', path, '--organization', 'ville', '--title', 'Inscriptions', '--id', id, ...more);
}
const columns = async (id: string) => {
  const answer = await portal.json(`/api/explore/v2.1/catalog/datasets/${id}/records?limit=1`);
  return Object.keys((answer as { results: object[] }).results[0] ?? {});
};

test('undecided, nothing is published, and no name is told whole', async () => {
  const { code, json } = await deposit('inscriptions', people, '--publish');
  expect(code).not.toBe(0);
  expect(json).toMatchObject({ error: { code: 'opening.undecided' } });
  expect(JSON.stringify(json)).toContain('Nom (4');
  expect(JSON.stringify(json)).toContain('Courriel (4');
  expect(JSON.stringify(json)).not.toMatch(/MARTIN|jeanne\.martin/);
  expect((await portal.get('/datasets/inscriptions')).status).toBe(404);
  // One column decided is not enough.
  const half = await deposit('inscriptions', people, '--publish', '--remove', 'Nom');
  expect(half.json).toMatchObject({ error: { code: 'opening.undecided' } });
  expect(JSON.stringify(half.json)).not.toContain('Nom (4');
});

test('decided, it is published without what was removed', async () => {
  const decided = ['--publish', '--remove', 'Nom', '--mask', 'Courriel'];
  expect((await deposit('inscriptions', people, ...decided)).code).toBe(0);
  expect(await columns('inscriptions')).toEqual(['courriel', 'activite']);
  const page = await portal.get('/datasets/inscriptions');
  expect(page.status).toBe(200);
  expect(await page.text()).not.toMatch(/MARTIN|jeanne\.martin/);
});

test('next year the same is decided again, and what is new is asked', async () => {
  const next = await deposit('inscriptions', people.replace('Judo', 'Boxe'), '--publish', '--new-version');
  expect(next.code).toBe(0);
  expect(await columns('inscriptions')).toEqual(['courriel', 'activite']);
  const more = people.split('\n').map((line, i) => `${line};${i === 0 ? 'Téléphone' : `06 12 34 56 7${i}`}`);
  const asked = await deposit('inscriptions', more.join('\n'), '--publish', '--new-version');
  expect(asked.json).toMatchObject({ error: { code: 'opening.undecided' } });
  expect(JSON.stringify(asked.json)).toContain('Téléphone (4');
});

test('a reason is enough, where one may be given', async () => {
  const why = ['--justify', 'Nom=consent:formulaire d’inscription 2026', '--remove', 'Courriel'];
  expect((await deposit('benevoles', people, '--publish', ...why)).code).toBe(0);
  expect(await columns('benevoles')).toEqual(['nom', 'activite']);
});

test('a draft asks nothing: it is shown to nobody', async () => {
  expect((await deposit('brouillon', people)).code).toBe(0);
  expect((await portal.get('/datasets/brouillon')).status).toBe(404);
});
