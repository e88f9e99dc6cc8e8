import { expect, test } from 'vitest';
import { healthOf, hostOf, isDeclared, readContact, readHost, readHosts, toldOf } from './rules.ts';
import type { HostUse } from './schemas.ts';

test('a host is read of what people paste', () => {
  expect(readHost('www.Ville-Exemple.fr')).toBe('ville-exemple.fr');
  expect(readHost('https://www.ville-exemple.fr/dechets?x=1#a')).toBe('ville-exemple.fr');
  expect(readHost('mairie.saint-étienne.fr')).toBe('mairie.xn--saint-tienne-geb.fr');
});

test.each([
  '*',
  '*.fr',
  'javascript:alert(1)',
  '"><script>alert(1)</script>',
  'https://user:word@ville.fr',
  'ville',
  '..',
  '',
  `${'a'.repeat(300)}.fr`,
  'file:///etc/passwd',
])('« %s » is no site', (text) => {
  expect(readHost(text)).toBeNull();
});

test('hosts are declared once each, and a hostile one is told', () => {
  expect(readHosts('www.ville.fr, ville.fr\nagglo.fr')).toEqual(['ville.fr', 'agglo.fr']);
  expect(() => readHosts('  ')).toThrow(expect.objectContaining({ code: 'widget.hostsMissing' }));
  expect(() => readHosts('ville.fr <b>')).toThrow(expect.objectContaining({ code: 'widget.hostInvalid' }));
  const many = Array.from({ length: 21 }, (_, index) => `v${index}.fr`).join(' ');
  expect(() => readHosts(many)).toThrow(expect.objectContaining({ code: 'widget.hostsMany' }));
});

test('what is below a declared host is declared, what looks like it is not', () => {
  expect(isDeclared(['ville.fr'], 'www.ville.fr')).toBe(true);
  expect(isDeclared(['ville.fr'], 'portail.ville.fr')).toBe(true);
  expect(isDeclared(['ville.fr'], 'faussville.fr')).toBe(false);
  expect(isDeclared(['ville.fr'], 'ville.fr.pirate.example')).toBe(false);
});

test('the page that asks is told by Origin, else Referer, else not at all', () => {
  expect(hostOf({ origin: 'https://a.fr', referer: 'https://b.fr/x' })).toBe('a.fr');
  expect(hostOf({ origin: 'null', referer: 'https://B.fr/x' })).toBe('b.fr');
  expect(hostOf({ referer: 'android-app://x' })).toBe('');
  expect(hostOf({})).toBe('');
});

test('an address to write to', () => {
  expect(readContact(' web@ville.fr ')).toBe('web@ville.fr');
  for (const wrong of ['', 'web', 'a@b', 'a@b.fr\nBcc: c@d.fr', 'a@b.fr,c@d.fr'])
    expect(() => readContact(wrong)).toThrow(expect.objectContaining({ code: 'widget.contactInvalid' }));
});

const instance = { hosts: ['ville.fr'], createdAt: new Date('2026-05-01T10:00:00Z'), retiredAt: null };
const use = (host: string, lastDay: string): HostUse => ({ host, lastDay, uses: 1 });
const stateAt = (today: string, ...uses: readonly HostUse[]) => healthOf(instance, uses, null, today);

test('a widget waits, does well, is no longer seen', () => {
  expect(stateAt('2026-05-05')).toMatchObject({ state: 'waiting', lastSeen: null });
  expect(stateAt('2026-05-15')).toMatchObject({ state: 'stale' });
  expect(stateAt('2026-06-10', use('www.ville.fr', '2026-06-01'))).toMatchObject({
    state: 'healthy',
    lastSeen: '2026-06-01',
  });
  expect(stateAt('2026-06-15', use('www.ville.fr', '2026-06-01')).state).toBe('stale');
  // A browser that tells no host has shown it all the same.
  expect(stateAt('2026-06-10', use('', '2026-06-09')).state).toBe('healthy');
});

test('a site that was not declared breaks it for a week; so does what it shows and is gone', () => {
  const strange = use('copie.example', '2026-06-09');
  expect(stateAt('2026-06-10', use('ville.fr', '2026-06-09'), strange)).toMatchObject({
    state: 'broken',
    trouble: 'host',
    about: 'copie.example',
  });
  expect(stateAt('2026-06-16', use('ville.fr', '2026-06-09'), strange).state).toBe('healthy');
  const gone = healthOf(instance, [], { trouble: 'dataset', about: 'menus' }, '2026-05-02');
  expect(toldOf(gone)).toBe('broken:dataset:menus');
  expect(healthOf({ ...instance, retiredAt: new Date() }, [], null, '2026-09-01').state).toBe('retired');
});
