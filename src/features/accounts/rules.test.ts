// What is decided about people, by hand: ends of roles, who succeeds, when mail leaves, addresses that lead nowhere else.
import { expect, test } from 'vitest';
import {
  browserName,
  checkEmail,
  checkName,
  demoIsOpen,
  dueAt,
  grantEnd,
  mayWork,
  nextMemberships,
  retryAt,
  safePath,
  successorOf,
} from './rules.ts';

const at = (iso: string) => new Date(iso);

test('a role runs for twelve months; one given on 29 February ends on 28', () => {
  expect(grantEnd(at('2026-05-03T10:00:00Z'))).toEqual(at('2027-05-03T10:00:00Z'));
  expect(grantEnd(at('2028-02-29T10:00:00Z'))).toEqual(at('2029-02-28T10:00:00Z'));
});

test.each([
  [' Secretariat@Druye.FR ', 'secretariat@druye.fr'],
  ['a.b+c@mairie-x.example.org', 'a.b+c@mairie-x.example.org'],
])('%j is the address %s', (text, email) => {
  expect(checkEmail(text)).toBe(email);
});

test.each(['', 'druye', '@druye.fr', 'a@b', 'a b@druye.fr', 'a@druye..fr', 'a@-x.fr', 'a@x.fr\nBcc: b@x.fr', 'é@x.fr'])(
  '%j is no address',
  (text) => {
    expect(() => checkEmail(text)).toThrow(expect.objectContaining({ code: 'person.emailInvalid' }));
  },
);

test('a name is tidied, and neither empty nor endless', () => {
  expect(checkName('  Martine\u0000 \u200f  Lebrun ')).toBe('Martine Lebrun');
  for (const name of ['', ' x ', 'x'.repeat(101)])
    expect(() => checkName(name)).toThrow(expect.objectContaining({ code: 'person.nameInvalid' }));
});

test.each([
  ['/desk/drafts/12?step=4#report', '/desk/drafts/12?step=4#report'],
  [undefined, '/account'],
  ['', '/account'],
  ['desk', '/account'],
  ['//evil.example/x', '/account'],
  ['/\\evil.example', '/account'],
  ['/x\\..\\', '/account'],
  ['/a\nb', '/account'],
  ['https://evil.example/', '/account'],
  ['javascript:alert(1)', '/account'],
  [`/${'x'.repeat(2001)}`, '/account'],
])('after signing in, %j leads to %s', (next, path) => {
  expect(safePath(next)).toBe(path);
});

test('the deputy of the longest standing takes over, only from a pilot who leaves nobody in their place', () => {
  const first = { role: 'deputy', givenAt: at('2024-01-01T00:00:00Z'), name: 'first' } as const;
  const second = { role: 'deputy', givenAt: at('2025-01-01T00:00:00Z'), name: 'second' } as const;
  const editor = { role: 'editor', givenAt: at('2020-01-01T00:00:00Z'), name: 'editor' } as const;
  expect(successorOf('pilot', [editor, second, first])).toBe(first);
  expect(successorOf('pilot', [editor])).toBeNull();
  expect(successorOf('editor', [first])).toBeNull();
  expect(successorOf('pilot', [first, { role: 'pilot', givenAt: at('2025-01-01T00:00:00Z') }])).toBeNull();
});

// Paris is one hour ahead of UTC in winter, two in summer.
test.each([
  ['daily', '2026-01-14T06:59:00Z', '2026-01-14T07:00:00Z'],
  ['daily', '2026-01-14T07:00:00Z', '2026-01-15T07:00:00Z'],
  ['daily', '2026-07-14T10:00:00Z', '2026-07-15T06:00:00Z'],
  // The night on which clocks go forward: 8 o'clock is 6 o'clock in UTC.
  ['daily', '2026-03-28T20:00:00Z', '2026-03-29T06:00:00Z'],
  ['weekly', '2026-01-14T10:00:00Z', '2026-01-19T07:00:00Z'],
  ['weekly', '2026-01-19T06:00:00Z', '2026-01-19T07:00:00Z'],
  ['weekly', '2026-01-19T08:00:00Z', '2026-01-26T07:00:00Z'],
  ['instantly', '2026-01-14T10:00:00Z', '2026-01-14T10:00:00Z'],
  // Nothing rings at night.
  ['instantly', '2026-01-14T19:30:00Z', '2026-01-15T06:00:00Z'],
  ['instantly', '2026-01-15T03:00:00Z', '2026-01-15T06:00:00Z'],
] as const)('%s, said at %s, leaves at %s', (rhythm, now, due) => {
  expect(dueAt(rhythm, at(now), false)).toEqual(at(due));
});

test('a link to come in leaves at once, also at night and for whoever wants nothing; the rest never does', () => {
  const night = at('2026-01-14T23:30:00Z');
  expect(dueAt('never', night, true)).toEqual(night);
  expect(dueAt('never', night, false)).toBeNull();
});

test('a letter that did not leave is tried five times more, ever later, then given up', () => {
  const now = at('2026-01-14T10:00:00Z');
  const minutes = [1, 2, 3, 4, 5, 6].map((attempts) => {
    const again = retryAt(attempts, now);
    return again === null ? null : (again.getTime() - now.getTime()) / 60_000;
  });
  expect(minutes).toEqual([1, 10, 60, 240, 600, null]);
});

test('a membership goes its way, and comes back through the check of who they are', () => {
  expect(nextMemberships('invited')).not.toContain('active');
  expect(nextMemberships('left')).not.toContain('active');
  expect(nextMemberships('suspended')).toContain('active');
  expect((['suspended', 'left'] as const).map(mayWork)).toEqual([false, false]);
  expect((['active', 'signed', 'requested'] as const).map(mayWork)).toEqual([true, true, true]);
});

test('characters come in only where the server, the territory and the person are of a demonstration', () => {
  for (const started of [true, false])
    for (const territory of [true, false])
      for (const person of [true, false])
        expect(demoIsOpen({ started, territory, person })).toBe(started && territory && person);
});

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/138.0 Safari/537.36 Edg/138.0',
    'Edge, Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1',
    'Safari, iPhone',
  ],
  ['curl/8.5.0', null],
  [null, null],
])('%s is told as %s', (agent, name) => {
  expect(browserName(agent)).toBe(name);
});
