// A portal for the tests of pages: the real shell, routes and pages on fixtures instead of services, and a browser to look at it.
import { mkdirSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { vi } from 'vitest';
import type { Context } from '../../src/context.ts';
import { TerroirError } from '../../src/lib/errors.ts';
import * as fixtures from './fixtures.ts';

// The doors of the two rooms, closed to machines: pages are looked at, not PostgreSQL.
vi.mock('../../src/features/catalog/service.ts', async () => {
  const f = await import('./fixtures.ts');
  const found = <T>(value: T | undefined, error: () => Error): T => {
    if (value === undefined) throw error();
    return value;
  };
  const getDataset = async (_context: unknown, id: string) => {
    if (id === f.tombstone.id) throw new TerroirError('dataset.withdrawn', { id, reason: f.tombstone.reason });
    return found(
      f.datasets.find((d) => d.id === id),
      () => new TerroirError('dataset.unknown', { id }),
    );
  };
  return {
    searchCatalog: async (_context: unknown, search: Parameters<typeof f.search>[0]) => f.search(search),
    getTerritory: async () => f.territory,
    listCommunes: async () => f.communes,
    listOrganizations: async () => f.organizations,
    getDataset,
    getTombstone: async () => f.tombstone,
    rhythmOf: () => ({ freshness: 'upToDate', dueAt: new Date('2027-05-03T09:30:00Z') }),
    getVersions: async () => f.versions,
    getVersion: async (_context: unknown, _id: string, number: number) => f.versions.find((v) => v.number === number),
    getOrganization: async (_context: unknown, slug: string) =>
      found(
        f.organizations.find((o) => o.slug === slug),
        () => new TerroirError('organization.unknown', { id: slug }),
      ),
    getCommune: async (_context: unknown, insee: string) => {
      const commune = found(
        f.communes.find((c) => c.insee === insee),
        () => new TerroirError('commune.unknown', { insee }),
      );
      const { datasets } = f.search({ q: '', selected: { commune: [insee] }, sort: 'recent', page: 1, pageSize: 100 });
      return { commune, organization: f.organizations.find((o) => o.insee === insee) ?? null, datasets };
    },
  };
});
vi.mock('../../src/features/explore/service.ts', async () => {
  const f = await import('./fixtures.ts');
  return {
    queryRecords: async (_context: unknown, _id: string, query: Parameters<typeof f.records>[0]) => f.records(query),
  };
});

// The engine's counting, done by hand on the fixture's rows: one column, no filter.
vi.mock('../../src/features/explore/views.ts', async () => {
  const f = await import('./fixtures.ts');
  const { results } = f.records({ limit: f.rowCount, offset: 0 });
  const counts = (column: string) => {
    const all = new Map<string, number>();
    for (const row of results) all.set(String(row[column]), (all.get(String(row[column])) ?? 0) + 1);
    return [...all].map(([x, y]) => ({ x, y, series: null })).sort((a, b) => b.y - a.y);
  };
  return {
    chartOf: async (_context: unknown, _version: unknown, spec: { readonly x: string }) => ({
      points: counts(spec.x).slice(0, 20),
      rows: results.length,
      empty: 0,
      total: results.length,
      values: counts(spec.x).length,
      binWidth: null,
      sampled: false,
    }),
    facetOf: async (_context: unknown, _version: unknown, column: string) =>
      counts(column).map(({ x, y }) => ({ value: x, count: y })),
    placesOf: async () => ({
      placed: results.length,
      points: results.map((row) => ({
        lon: Number(row['longitude']),
        lat: Number(row['latitude']),
        label: String(row['essence']),
      })),
    }),
  };
});

vi.mock('../../src/features/opening/service.ts', async () => import('./opening-fixtures.ts'));
vi.mock('../../src/features/face/service.ts', async () => import('./face-fixtures.ts'));

export type TestSite = { readonly url: string; close(): Promise<void> };

/** Opens the portal on a free port. */
export async function openSite(): Promise<TestSite> {
  const { buildServer } = await import('../../src/web/server.ts');
  const { catalogRoutes } = await import('../../src/features/catalog/routes.ts');
  const { faceRoutes } = await import('../../src/features/face/routes.ts');
  const { openingRoutes } = await import('../../src/features/opening/routes.ts');
  const { explorePages } = await import('../../src/features/explore/page-routes.ts');
  const silent = { info() {}, warn() {}, error: (facts: unknown) => console.error(facts) };
  // No room looks inside: every door is a fixture.
  const context = { log: silent, now: () => new Date('2026-06-01T12:00:00Z') } as unknown as Context;
  const contextOf = () => context;
  const site = async () => ({ name: fixtures.territory.name, demo: true });
  const server = await buildServer({ publicUrl: 'https://donnees.example.fr', log: silent, site });
  await server.register(catalogRoutes, { contextOf });
  await server.register(faceRoutes, { contextOf, publicUrl: 'https://donnees.example.fr' });
  await server.register(explorePages, { contextOf });
  await server.register(openingRoutes, { contextOf });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  return { url, close: () => server.close() };
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['TERROIR_TEST_BROWSER'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
}

export type Visit = {
  readonly width?: number;
  readonly dark?: boolean;
  readonly scripts?: boolean;
  readonly withoutPolicy?: boolean;
};

/** A window as a person has it: French, unless the address says otherwise. */
export function openWindow(
  browser: Browser,
  { width = 1280, dark = false, scripts = true, withoutPolicy = false }: Visit,
): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: scripts,
    // Lets axe in, which the policy of the pages forbids.
    bypassCSP: withoutPolicy,
    locale: 'fr-FR',
  });
}

/** Keeps a picture of the page when TERROIR_SHOTS names a folder: pages are to be looked at, not only tested. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['TERROIR_SHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
