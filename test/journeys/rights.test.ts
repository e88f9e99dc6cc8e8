// Every address that the portal answers × everybody who may come: who is let in is what the table beside says, no more, no less.
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildPortal } from '../../src/app.ts';
import { readSettings } from '../../src/config.ts';
import type { Context } from '../../src/context.ts';
import { type App, openApp } from '../../src/doors.ts';
import { insertHandover } from '../../src/features/accounts/handover-queries.ts';
import { createKey } from '../../src/features/accounts/keys.ts';
import { insertGrant } from '../../src/features/accounts/member-queries.ts';
import { insertSession, provePerson } from '../../src/features/accounts/person-queries.ts';
import { sessionCookie } from '../../src/features/accounts/tokens.ts';
import { addOrganization } from '../../src/features/catalog/service.ts';
import { depositFile } from '../../src/features/publish/service.ts';
import type { Role } from '../../src/model/permission.ts';
import { beginUpload, everybody, type Line, publicReads, table, type Who } from './rights-table.ts';

const routes: { readonly method: string; readonly url: string }[] = [];
vi.mock('../../src/web/server.ts', async (original) => {
  const shell = await original<typeof import('../../src/web/server.ts')>();
  return {
    ...shell,
    buildServer: async (options: Parameters<typeof shell.buildServer>[0]) => {
      const server = await shell.buildServer(options);
      server.addHook('onRoute', ({ method, url }: RouteOptions) => {
        for (const one of Array.isArray(method) ? method : [method])
          if (one !== 'HEAD' && one !== 'OPTIONS') routes.push({ method: one, url: url.replace(/(.)\/$/, '$1') });
      });
      return server;
    },
  };
});

const secret = 'a secret of forty letters for this test!';
const far = new Date('2100-01-01T00:00:00Z');
const silent = { info() {}, warn() {}, error: (facts: unknown) => console.error(facts) };

let home: string;
let app: App;
let operator: Context;
let portal: FastifyInstance;
let origin: string;
/** The headers by which each of them comes. */
const comes = new Map<Who, Readonly<Record<string, string>>>();
const made: Record<string, string> = {};

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'terroir-rights-'));
  await chmod(home, 0o755);
  const settings = readSettings({ TERROIR_HOME: home, AUTH_SECRET: secret });
  app = await openApp(settings, silent);
  operator = app.contextFor({ kind: 'operator' });
  portal = await buildPortal(app, settings, silent, { demo: true });
  origin = await portal.listen({ port: 0, host: '127.0.0.1' });
  await addOrganization(operator, { slug: 'ville-de-tours', name: 'Ville de Tours', insee: '37261' });
  await addOrganization(operator, { slug: 'ailleurs', name: 'Ailleurs', kind: 'departement' });
  const file = join(home, 'velos.csv');
  await writeFile(file, 'station;places\nGare;20\nTanneurs;12\n');
  const request = { path: file, organization: 'ville-de-tours', description: '', licence: 'lov2', newVersion: false };
  const rest = { theme: null, frequency: null, keywords: [], communes: [] };
  await depositFile(operator, { ...request, ...rest, id: 'velos', title: 'Vélos', publish: true });
  await depositFile(operator, { ...request, ...rest, id: 'brouillon', title: 'Un brouillon', publish: false });
  for (const who of everybody) comes.set(who, await bring(who));
  const sheet = { datasets: [], contacts: [], keys: [], open: [] };
  const left = {
    personId: await person('left'),
    personName: 'X',
    role: 'editor',
    reason: 'left',
    successor: null,
  } as const;
  made['handover'] = await insertHandover(operator.db, { ...left, organization: 'ville-de-tours', sheet }, new Date());
  made['review'] = await review();
  made['story'] = await story();
});
afterAll(async () => {
  await portal?.close();
  await app?.close();
  await rm(home, { recursive: true, force: true });
});

function person(name: string): Promise<string> {
  return provePerson(operator.db, { email: `${name.toLowerCase()}@example.org`, name, language: 'fr' });
}

/** Makes somebody, and how they come. */
async function bring(who: Who): Promise<Readonly<Record<string, string>>> {
  if (who === 'anyone') return {};
  if (who.startsWith('key')) {
    const slug = who === 'keyElsewhere' ? 'ailleurs' : 'ville-de-tours';
    const scopes = who === 'keyElsewhere' ? ['read', 'deposit', 'publish'] : [who.slice('key'.length).toLowerCase()];
    const { key } = await createKey(operator, slug, { name: who, scopes, days: 365 });
    return { authorization: `Apikey ${key}` };
  }
  const personId = await person(who);
  const author = { actor: 'operator', now: new Date() };
  const inside = ['pilot', 'deputy', 'editor', 'depositor', 'reader'].includes(who);
  const organization = inside ? 'ville-de-tours' : who === 'pilotElsewhere' ? 'ailleurs' : null;
  const role = (who === 'pilotElsewhere' ? 'pilot' : who) as Role;
  if (who !== 'person') await insertGrant(operator.db, { personId, role, organization, endsAt: far }, author);
  const token = await insertSession(operator.db, { personId, userAgent: null, now: new Date(), until: far });
  return { cookie: sessionCookie(token, secret, { secure: false, seconds: 3600 }).split(';')[0] ?? '' };
}

/** A story of the organization's, which everybody reads. */
async function story(): Promise<string> {
  const { beginStory } = await import('../../src/features/stories/service.ts');
  const said = { kind: 'answer', title: 'Où garer mon vélo ?', lead: 'À la gare.', body: '' } as const;
  const about = { organization: 'ville-de-tours', datasets: [], commune: null };
  return beginStory(operator, { ...said, ...about }, { state: 'published' });
}

/** A question that waits for the legal officer. */
async function review(): Promise<string> {
  const { startReview } = await import('../../src/features/opening/service.ts');
  const started = await startReview(operator, {
    organization: 'ville-de-tours',
    title: 'Aides',
    findings: [],
    schema: null,
  } as unknown as Parameters<typeof startReview>[1]);
  return started.id;
}

/** The address with values in place of its names. */
async function fill(url: string, line: Line): Promise<string> {
  const values: Record<string, string> = { slug: 'ville-de-tours', id: 'velos', number: '1', ...line.at };
  for (const [name, value] of Object.entries(values))
    if (value === '{draft}') values[name] = await freshDraft();
    else if (value === '{upload}') values[name] = await freshUpload();
    else if (/^\{\w+\}$/.test(value)) values[name] = made[value.slice(1, -1)] ?? randomUUID();
  return url.replace(/:(\w+)/g, (_whole, name: string) => values[name] ?? 'x').replaceAll('*', 'x');
}

/** A draft of the pilot's, untouched: what was asked before may have ended the last one. */
async function freshDraft(): Promise<string> {
  const answer = await ask('POST', '/desk/drafts', {
    headers: { ...comes.get('pilot'), 'content-type': 'application/x-www-form-urlencoded' },
    body: 'organization=ville-de-tours',
  });
  return /\/desk\/drafts\/([^/?]+)/.exec(answer.location)?.[1] ?? '';
}

/** An upload that the pilot began: one for all, for nobody may begin many. */
async function freshUpload(): Promise<string> {
  const headers = { ...comes.get('pilot'), ...beginUpload };
  made['upload'] ??= /\/uploads\/([^/?]+)/.exec((await ask('POST', '/uploads', { headers })).location)?.[1] ?? '';
  return made['upload'];
}

async function ask(method: string, path: string, init: RequestInit) {
  const answer = await fetch(origin + path, { ...init, method, redirect: 'manual' });
  const location = answer.headers.get('location') ?? '';
  return { status: answer.status, location, body: await answer.text() };
}

/** Whether they are let in: what follows (a form refused for what it lacks, something not found) comes after that. */
async function isLetIn(who: Who, method: string, url: string, line: Line): Promise<boolean> {
  const writes = method !== 'GET';
  const type = line.headers === undefined ? typeOf(method, url) : (line.headers['content-type'] ?? null);
  const answer = await ask(method, await fill(url, line), {
    headers: {
      accept: 'application/json',
      ...comes.get(who),
      ...line.headers,
      ...(writes && type !== null && { 'content-type': type }),
    },
    ...(writes && type !== null && { body: type.includes('json') ? '{}' : (line.form ?? bodyOf(url)) }),
  });
  if (answer.status >= 500) throw new Error(`${method} ${url}: ${answer.status} ${answer.body.slice(0, 500)}`);
  const refused =
    [401, 403, ...(line.refusal === undefined ? [] : [line.refusal])].includes(answer.status) &&
    answer.status !== line.answers;
  return !refused && !answer.location.startsWith('/sign-in?');
}

function typeOf(method: string, url: string): string {
  const form = method === 'POST' && !url.startsWith('/api/');
  return form ? 'application/x-www-form-urlencoded' : 'application/json';
}

/** As little as gets past the door. */
function bodyOf(url: string): string {
  return url === '/desk/drafts' ? 'organization=ville-de-tours' : '';
}

const isPublicRead = (method: string, url: string) =>
  method === 'GET' &&
  publicReads.some((prefix) => url === prefix || (prefix !== '/' && url.startsWith(prefix.replace(/\/?$/, '/'))));

test('every address is known: in the table, or a reading for everybody', () => {
  expect(routes.length).toBeGreaterThan(60);
  const lines = routes
    .filter(({ method, url }) => !Object.hasOwn(table, `${method} ${url}`) && !isPublicRead(method, url))
    .map(({ method, url }) => `'${method} ${url}': { allow: [...] },`);
  const said = `These addresses are new: say in test/journeys/rights-table.ts who may use each.\n${lines.join('\n')}`;
  expect(lines, said).toEqual([]);
});

test('the table names no address that is gone', () => {
  const answered = new Set(routes.map(({ method, url }) => `${method} ${url}`));
  const gone = Object.keys(table).filter((key) => !answered.has(key.split(' #')[0] ?? ''));
  expect(gone).toEqual([]);
});

test('everybody reads what is for everybody', async () => {
  const wrong: string[] = [];
  for (const { method, url } of routes) {
    if (!isPublicRead(method, url) || Object.hasOwn(table, `${method} ${url}`)) continue;
    for (const who of ['anyone', 'person', 'depositor', 'keyRead'] as const)
      if (!(await isLetIn(who, method, url, { allow: everybody }))) wrong.push(`${who} is refused at ${method} ${url}`);
  }
  expect(wrong).toEqual([]);
}, 120_000);

test.each(Object.entries(table))('%s', async (key, line) => {
  const [method = '', url = ''] = key.split(' ');
  if (!routes.some((route) => route.method === method && route.url === url)) return;
  const letIn: Who[] = [];
  // Those who are refused come first: whoever is let in may change what the others would find.
  const order = everybody.toSorted((a, b) => Number(line.allow.includes(a)) - Number(line.allow.includes(b)));
  for (const who of order) if (await isLetIn(who, method, url, line)) letIn.push(who);
  // Signing out and leaving end the session of whoever did it: they are brought back.
  if (/sign-out|leave|sessions/.test(url))
    for (const who of everybody) if (!who.startsWith('key')) comes.set(who, await again(who));
  if (key === 'DELETE /uploads/:id') delete made['upload'];
  expect(letIn.toSorted()).toEqual(line.allow.toSorted());
});

async function again(who: Who): Promise<Readonly<Record<string, string>>> {
  if (who === 'anyone') return {};
  const token = await insertSession(operator.db, {
    personId: await person(who),
    userAgent: null,
    now: new Date(),
    until: far,
  });
  return { cookie: sessionCookie(token, secret, { secure: false, seconds: 3600 }).split(';')[0] ?? '' };
}
