// The identifiers that CKAN's programs expect: every thing has a UUID that never changes, made of its own identifier.
import { createHash } from 'node:crypto';

type Named = 'package' | 'resource' | 'organization' | 'group' | 'tag' | 'activity';

/** The UUID of a thing (version 8, RFC 9562: made of a hash), the same for ever. */
export function uuidOf(kind: Named, id: string): string {
  const hash = createHash('sha256').update(`terroir ${kind} ${id}`).digest('hex');
  const variant = ((Number.parseInt(hash[16] ?? '0', 16) & 3) | 8).toString(16);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}

/** The name of a group in addresses: themes are groups here, "ENVI" is envi. */
export function groupName(theme: string): string {
  return theme.toLowerCase();
}

/** A moment as CKAN writes it: UTC, microseconds, without a zone. */
export function moment(date: Date): string {
  return `${date.toISOString().slice(0, 23)}000`;
}
