// A producer's pilot before a portal without the demonstration: invited by the first administrator, with keys for scripts.
import { lettersTo, linkIn, openReader, type Reader } from './browser.ts';
import type { Portal } from './portal.ts';

export type Producer = { readonly reader: Reader; readonly email: string };

/** Creates the organization « ville-de-tours » and its pilot. */
export async function openProducer(portal: Portal): Promise<Producer> {
  await portal.cli('organization', 'add', 'ville-de-tours', '--name', 'Ville de Tours', '--insee', '37261');
  const [link] = portal.said().match(/\/sign-in\/administrator\?token=\S+/) ?? [];
  const token = new URL(link ?? '', portal.url).searchParams.get('token') ?? '';
  const administrator = openReader(portal);
  await administrator.post('/sign-in/administrator', { token, email: 'ada@example.org', name: 'Ada Martin' });
  const email = 'karim@example.org';
  await administrator.post('/organizations/ville-de-tours/people/invite', { email, role: 'pilot' });
  const [letter] = await lettersTo(portal.home, email);
  const reader = openReader(portal);
  await reader.post(linkIn(letter, '/invitations/'), { name: 'Karim Benali' });
  return { reader, email };
}

/** Makes a key with some scopes. */
export async function makeKey({ reader }: Producer, ...scopes: readonly string[]): Promise<string> {
  const made = await reader.post('/organizations/ville-de-tours/keys', [
    ['name', 'Export du SIG'],
    ['days', '90'],
    ...scopes.map((scope) => ['scopes', scope] as const),
  ]);
  const [key] = /trr_[A-Za-z0-9_-]{43}/.exec(made.body) ?? [];
  if (key === undefined) throw new Error(`no key was made: ${made.status}`);
  return key;
}
