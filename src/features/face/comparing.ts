// Puts communes side by side out of what each of their pages already reads.
import type { Context } from '../../context.ts';
import { mustBeAbleTo } from '../../model/permission.ts';
import { listCommunes } from '../catalog/service.ts';
import { compared, mostCompared } from './compare-rules.ts';
import type { CommuneData, Comparison } from './schemas.ts';

/**
 * What common datasets say of some communes, six at most, in alphabetical order. Codes that are no commune's are told, not refused.
 * @param read what the page of a commune shows
 */
export async function comparisonOf(
  context: Context,
  codes: readonly string[],
  read: (context: Context, insee: string) => Promise<CommuneData>,
): Promise<Comparison> {
  mustBeAbleTo(context.actor, 'catalog.read');
  const listed = await listCommunes(context);
  const all = [...listed].sort((a, b) => a.name.localeCompare(b.name, 'fr'));
  const known = codes.filter((code) => all.some(({ insee }) => insee === code));
  const kept = known.slice(0, mostCompared);
  const chosen = all.filter(({ insee }) => kept.includes(insee));
  const lines = chosen.length < 2 ? [] : compared(await Promise.all(chosen.map(({ insee }) => read(context, insee))));
  const unknown = codes.filter((code) => !known.includes(code)).map((code) => code.slice(0, 20));
  return { all, chosen, lines, unknown, leftOut: known.length - kept.length };
}
