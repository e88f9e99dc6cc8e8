// Somebody before a portal: keeps cookies as a browser does, fills forms, reads the letters that the portal kept.
import { join } from 'node:path';
import { readMailFolder } from '../../src/stores/mail/folder.ts';
import type { Letter } from '../../src/stores/mail/mailer.ts';
import type { Portal } from './portal.ts';

export type Answer = {
  readonly status: number;
  /** Where it leads, as a path; null when it leads nowhere. */
  readonly location: string | null;
  readonly body: string;
  readonly headers: Headers;
};

export type Reader = {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  post(
    path: string,
    form: Readonly<Record<string, string>> | readonly (readonly [string, string])[],
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  cookies(): ReadonlyMap<string, string>;
};

/** Opens a browser without cookies. */
export function openReader(portal: Pick<Portal, 'url'>): Reader {
  const jar = new Map<string, string>();
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(portal.url + path, {
      ...init,
      redirect: 'manual',
      headers: { accept: 'text/html', ...(cookie !== '' && { cookie }), ...(init.headers as Record<string, string>) },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      if (value === '' || /max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    const location = answer.headers.get('location');
    const url = location === null ? null : new URL(location, portal.url);
    return {
      status: answer.status,
      location: url === null ? null : url.pathname + url.search,
      body: await answer.text(),
      headers: answer.headers,
    };
  };
  return {
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, form, headers = {}) =>
      ask(path, {
        method: 'POST',
        body: new URLSearchParams(form as Record<string, string>).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      }),
    cookies: () => jar,
  };
}

/** The letters sent to an address, newest first, once there are some. */
export async function lettersTo(home: string, address: string, atLeast = 1): Promise<readonly Letter[]> {
  for (let tries = 0; tries < 400; tries++) {
    const letters = (await readMailFolder(join(home, 'mail'), 1000)).filter((letter) => letter.to === address);
    if (letters.length >= atLeast) return letters;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no letter to ${address}`);
}

/** The path of the first link of a letter that begins so. */
export function linkIn(letter: Letter | undefined, begins: string): string {
  for (const [whole] of letter?.text.matchAll(/https?:\/\/\S+/g) ?? []) {
    // A letter may hold what only looks like an address.
    const url = URL.parse(whole);
    if (url?.pathname.startsWith(begins)) return url.pathname + url.search;
  }
  throw new Error(`no link to ${begins} in the letter « ${letter?.subject} »`);
}

/** Comes in by a link sent by mail. */
export async function signInByMail(portal: Portal, reader: Reader, email: string): Promise<void> {
  const before = (await lettersTo(portal.home, email, 0)).length;
  await reader.post('/sign-in', { email, next: '/account' });
  const [letter] = await lettersTo(portal.home, email, before + 1);
  const token = new URL(linkIn(letter, '/sign-in/link'), portal.url).searchParams.get('token') ?? '';
  await reader.post('/sign-in/link', { token, next: '/account' });
}
