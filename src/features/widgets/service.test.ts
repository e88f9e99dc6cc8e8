// Widgets of an organization over a real catalogue: made, counted, watched, written about.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestCatalogue, type TestCatalogue } from '../../../test/catalogue.ts';
import type { Context } from '../../context.ts';
import { withdrawDataset } from '../catalog/service.ts';
import {
  changeHosts,
  createInstance,
  hostsOfKey,
  keepUses,
  organizationWidgets,
  parisDay,
  retire,
  watchWidgets,
} from './service.ts';

let catalogue: TestCatalogue;
let context: Context;
beforeAll(async () => {
  catalogue = await openTestCatalogue();
  context = { ...catalogue.operator, log: { info() {}, warn() {}, error() {} } };
});
beforeEach(async () => {
  await catalogue.db.deleteFrom('widget_instance').execute();
  await catalogue.db.deleteFrom('message').execute();
  await catalogue.empty();
});
afterAll(() => catalogue?.close());

const asked = {
  widget: 'table',
  name: 'Menus, page d’accueil',
  hosts: 'www.ville.fr',
  contact: 'web@ville.fr',
  colours: { accent: '#1d5873', ground: null },
  language: 'fr',
} as const;
const slug = 'ville-de-tours';
const letters = () => catalogue.db.selectFrom('message').select(['email', 'kind', 'params', 'link']).execute();
const states = async () => (await organizationWidgets(context, slug)).widgets.map(({ health }) => health.state);
const later = (days: number) => {
  catalogue.now = new Date(catalogue.now.getTime() + days * 86_400_000);
};

test('made, seen, then no longer seen: its contact is written to once', async () => {
  const dataset = await catalogue.create({ title: 'Menus' });
  const { key } = await createInstance(context, slug, { ...asked, attributes: { dataset } });
  expect(await hostsOfKey(catalogue.anyone, key)).toEqual(['ville.fr']);
  expect(await states()).toEqual(['waiting']);
  const day = parisDay(catalogue.now);
  await keepUses(context, [
    { key, day, host: 'www.ville.fr', uses: 3 },
    { key, day, host: 'www.ville.fr', uses: 2 },
    { key: 'w000000000000000000', day, host: 'www.ville.fr', uses: 9 },
  ]);
  const [widget] = (await organizationWidgets(context, slug)).widgets;
  expect(widget?.uses).toEqual([{ host: 'www.ville.fr', uses: 5, lastDay: day }]);
  expect(widget?.health.state).toBe('healthy');
  expect(await watchWidgets(context)).toBe(0);
  later(14);
  expect(await watchWidgets(context)).toBe(1);
  expect(await watchWidgets(context)).toBe(0);
  expect(await letters()).toMatchObject([
    { email: 'web@ville.fr', kind: 'widget.stale', link: `/organizations/${slug}/widgets/${key}` },
  ]);
});

test('what it shows is withdrawn: broken, told; retired: told no more', async () => {
  const dataset = await catalogue.create({ title: 'Menus' });
  const { key } = await createInstance(context, slug, { ...asked, attributes: { dataset } });
  await withdrawDataset(context, dataset, 'Une erreur.');
  expect(await states()).toEqual(['broken']);
  expect(await watchWidgets(context)).toBe(1);
  expect((await letters())[0]).toMatchObject({ kind: 'widget.broken.dataset', params: { what: dataset } });
  await retire(context, slug, key);
  expect(await states()).toEqual(['retired']);
  expect(await hostsOfKey(catalogue.anyone, key)).toBeNull();
  later(30);
  expect(await watchWidgets(context)).toBe(0);
});

test('a site that was not declared is told, until it is declared; invented hosts are counted together', async () => {
  const dataset = await catalogue.create({ title: 'Menus' });
  const { key } = await createInstance(context, slug, { ...asked, attributes: { dataset } });
  const day = parisDay(catalogue.now);
  await keepUses(
    context,
    Array.from({ length: 60 }, (_, index) => ({ key, day, host: `h${index}.example`, uses: 1 })),
  );
  const [widget] = (await organizationWidgets(context, slug)).widgets;
  expect(widget?.uses.length).toBe(51);
  expect(widget?.uses[0]).toMatchObject({ host: '', uses: 10 });
  expect(await states()).toEqual(['broken']);
  await changeHosts(context, slug, { key, hosts: 'ville.fr example.fr' });
  expect(await hostsOfKey(catalogue.anyone, key)).toEqual(['ville.fr', 'example.fr']);
});

test.each([
  [{ widget: 'horoscope' }, 'widget.unknown'],
  [{ attributes: {} }, 'widget.attributeInvalid'],
  [{ attributes: { dataset: '../../etc' } }, 'widget.attributeInvalid'],
  [{ name: '' }, 'widget.nameMissing'],
  [{ hosts: 'javascript:alert(1)' }, 'widget.hostInvalid'],
  [{ contact: 'personne' }, 'widget.contactInvalid'],
])('%j is refused calmly', async (change, code) => {
  const request = { ...asked, attributes: { dataset: 'menus' }, ...change };
  await expect(createInstance(context, slug, request)).rejects.toEqual(expect.objectContaining({ code }));
});
