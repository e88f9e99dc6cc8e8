// Keys by which an organization's programs come in: shown once, kept as hashes, taken back at any time.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { actorName, mustBeAbleTo } from '../../model/permission.ts';
import { insertKey, keysOf, revokeKeyRow } from './key-queries.ts';
import { organizationFacts } from './member-queries.ts';
import { checkScopes, daysLater } from './rules.ts';
import { keyLives, type OrganizationKeys } from './schemas.ts';
import { makeKey } from './tokens.ts';

/** The keys of an organization, those that work first. @throws TerroirError permission.denied, organization.unknown */
export async function listKeys(context: Context, slug: string): Promise<OrganizationKeys> {
  mustBeAbleTo(context.actor, 'key.manage', { organization: slug });
  const { name } = await organizationFacts(context.db, slug);
  const keys = await keysOf(context.db, slug);
  return { organization: { slug, name }, keys: keys.map(({ createdBy: _createdBy, ...key }) => key) };
}

/**
 * Makes a key. @returns the key itself, which nobody can ever be told again.
 * @throws TerroirError permission.denied, organization.unknown, key.nameInvalid, key.scopesMissing
 */
export async function createKey(
  context: Context,
  slug: string,
  request: { readonly name: string; readonly scopes: readonly string[]; readonly days: number },
): Promise<{ readonly id: string; readonly key: string }> {
  mustBeAbleTo(context.actor, 'key.manage', { organization: slug });
  await organizationFacts(context.db, slug);
  const name = request.name.replace(/\p{Cc}/gu, ' ').trim();
  if (name.length < 2 || name.length > 100) throw new TerroirError('key.nameInvalid');
  const { key, prefix, sha256 } = makeKey();
  // A key that never ends is one that nobody thinks of again.
  const days = keyLives.find((life) => life === request.days) ?? 365;
  const endsAt = daysLater(context.now(), days);
  const made = { organization: slug, name, scopes: checkScopes(request.scopes), prefix, sha256, endsAt };
  return { id: await insertKey(context.db, made, author(context)), key };
}

/** Takes a key back at once. @throws TerroirError permission.denied, key.gone */
export async function revokeKey(context: Context, slug: string, id: string): Promise<void> {
  mustBeAbleTo(context.actor, 'key.manage', { organization: slug });
  if (!(await revokeKeyRow(context.db, slug, id, author(context)))) throw new TerroirError('key.gone');
}

function author(context: Context) {
  return { actor: actorName(context.actor), now: context.now() };
}
