// Reads what the command line decides of columns with personal data: COLUMN, COLUMN=mask, COLUMN=law:text.
import { TerroirError } from '../lib/errors.ts';
import { type MaskKind, maskKinds } from '../model/finding.ts';
import { type Disposition, type FamilyId, familyIds, type Justification } from '../model/opening.ts';

type DecisionTexts = Readonly<Record<'remove' | 'mask' | 'justify' | 'notPersonal', readonly string[]>>;

/**
 * `COLUMN` for --remove, --not-personal and --mask (its values are then hidden whole), `COLUMN=year` for another mask,
 * `COLUMN=law:…`, `COLUMN=consent:…` or `COLUMN=family` (of D312-1-3) for --justify. A header may hold « = »: the last one counts.
 * @throws TerroirError opening.answerInvalid for a mask or a reason that does not exist
 */
export function readDecisions({ remove, mask, justify, notPersonal }: DecisionTexts): readonly Disposition[] {
  return [
    ...remove.map((column): Disposition => ({ kind: 'remove', column })),
    ...mask.map((text): Disposition => {
      const [column, named] = cut(text, text.lastIndexOf('='));
      return { kind: 'mask', column, mask: named === null ? 'hide' : maskNamed(named) };
    }),
    ...justify.map((text): Disposition => {
      const at = /=(?=law:|consent:)/.exec(text)?.index ?? text.lastIndexOf('=');
      const [column, reason] = cut(text, at);
      return { kind: 'justify', column, justification: reasonOf(reason ?? '') };
    }),
    ...notPersonal.map((column): Disposition => ({ kind: 'notPersonal', column })),
  ];
}

function cut(text: string, at: number): readonly [string, string | null] {
  return at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

function maskNamed(text: string): MaskKind {
  const mask = maskKinds.find((kind) => kind === text);
  if (mask === undefined)
    throw new TerroirError('opening.answerInvalid', { reason: `${text} (${maskKinds.join(', ')})` });
  return mask;
}

function reasonOf(text: string): Justification {
  const [, basis, said = ''] = /^(law|consent):(.*)$/s.exec(text) ?? [];
  if ((basis === 'law' || basis === 'consent') && said.trim() !== '') return { basis, text: said.trim() };
  const family = familyIds.find((id): id is FamilyId => id === text);
  if (family !== undefined) return { basis: 'family', family };
  throw new TerroirError('opening.answerInvalid', { reason: `${text} (law:…, consent:…, ${familyIds.join(', ')})` });
}
