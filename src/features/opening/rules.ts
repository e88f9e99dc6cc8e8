// Pure decisions of the opening room: which answers and decisions are possible, what a decision rests on, what may be told.
import { TerroirError } from '../../lib/errors.ts';
import type { Finding } from '../../model/finding.ts';
import { maskKinds } from '../../model/finding.ts';
import { openingBases } from '../../model/messages/opening.ts';
import {
  type Answer,
  answerValues,
  type BasisId,
  type Disposition,
  isJustified,
  maskFits,
  type PublicOpening,
  type QuestionId,
  questionIds,
} from '../../model/opening.ts';
import { neutralised } from '../../model/spreadsheet-text.ts';
import type { Decision, OfficerDecision, Review, ReviewSummary } from './schemas.ts';

const longestText = 4000;

/** @throws TerroirError opening.answerInvalid for a question, a value or a reason that does not exist */
export function checkAnswer(question: QuestionId, answer: Answer): Answer {
  if (!questionIds.includes(question)) throw new TerroirError('opening.answerInvalid', { reason: question });
  if (!answerValues.includes(answer.value)) throw new TerroirError('opening.answerInvalid', { reason: answer.value });
  const { justification } = answer;
  if (question === 'publicInformation' && answer.value === 'yes' && !isJustified(justification))
    throw new TerroirError('opening.answerInvalid', { reason: 'justification' });
  if (question === 'secret' && answer.value === 'yes' && answer.secret === undefined)
    throw new TerroirError('opening.answerInvalid', { reason: 'L311-5, L311-6' });
  return {
    value: answer.value,
    ...(question === 'secret' && answer.secret !== undefined ? { secret: answer.secret } : {}),
    ...(question === 'publicInformation' && justification !== undefined ? { justification } : {}),
  };
}

/** @throws TerroirError opening.answerInvalid for a mask that does not fit, or a reason that says nothing */
export function checkDisposition(disposition: Disposition, findings: readonly Finding[]): Disposition {
  if (disposition.kind === 'mask') {
    const { mask, column } = disposition;
    if (!maskKinds.includes(mask) || !maskFits(mask, column, findings))
      throw new TerroirError('opening.answerInvalid', { reason: mask });
  }
  if (disposition.kind === 'justify' && !isJustified(disposition.justification))
    throw new TerroirError('opening.answerInvalid', { reason: 'justification' });
  return disposition;
}

/** @returns the text without spaces around it. @throws TerroirError opening.motiveMissing */
export function checkMotive(text: string): string {
  const motive = text.trim().slice(0, longestText);
  if (motive === '') throw new TerroirError('opening.motiveMissing');
  return motive;
}

/**
 * What a producer's review comes to, by its answers alone.
 * @throws TerroirError opening.incomplete (what is missing), opening.mustAsk
 */
export function conclusionOf(review: Review): { readonly outcome: Decision; readonly bases: readonly BasisId[] } {
  const { state, next, undecided, bases } = review.proposed;
  if (state === null) {
    const titles = undecided.map((name) => titleOf(review, name));
    throw new TerroirError('opening.incomplete', { missing: titles.length > 0 ? titles.join(', ') : (next ?? '') });
  }
  if (state === 'askLegalOfficer') throw new TerroirError('opening.mustAsk');
  return { outcome: state, bases };
}

/**
 * The bases of a legal officer's decision: those that they name, else those of the answers, else what the outcome says alone.
 * @throws TerroirError opening.incomplete when something is to be processed and nothing is
 */
export function basesOf(review: Review, decision: OfficerDecision): readonly BasisId[] {
  const { treatments, bases } = review.proposed;
  if (decision.outcome === 'openAfterProcessing' && treatments.length === 0)
    throw new TerroirError('opening.incomplete', { missing: 'remove, mask' });
  const named = (decision.bases ?? []).filter((basis) => Object.hasOwn(openingBases, basis));
  if (named.length > 0) return [...new Set(named)];
  if (bases.length > 0 && review.proposed.state === decision.outcome) return bases;
  const alone: Record<Decision, readonly BasisId[]> = {
    open: ['L312-1-1'],
    openAfterProcessing: ['L312-1-1', 'L312-1-2'],
    restricted: ['L311-6'],
    notOpen: ['L311-5'],
  };
  return alone[decision.outcome];
}

/** What everyone may read of a decided review that belongs to a version. */
export function publicOpening(review: Review): PublicOpening | null {
  const { outcome, decidedAt, decidedAs, version } = review;
  if (outcome === null || decidedAt === null || decidedAs === null || version === null) return null;
  return {
    number: numberOf(review),
    version,
    outcome,
    bases: review.bases,
    decidedAt,
    decidedAs,
    treated: review.proposed.treatments.map((each) => ({
      column: titleOf(review, each.column),
      kind: each.kind,
      mask: each.kind === 'mask' ? each.mask : null,
    })),
    justified: review.dispositions
      .filter((each) => each.kind === 'justify')
      .map(({ column, justification }) => ({ column: titleOf(review, column), justification })),
  };
}

/** What people quote of a review. */
export function numberOf({ id }: Pick<ReviewSummary, 'id'>): string {
  return id.slice(0, 8);
}

/** The header of a column by its name. */
export function titleOf({ findings }: Pick<ReviewSummary, 'findings'>, name: string): string {
  return findings.find((finding) => finding.name === name)?.column ?? name;
}

const registerTitles = [
  'numero',
  'titre',
  'organisation',
  'jeu',
  'version',
  'constats',
  'decision',
  'fondements',
  'motif',
  'ouvert_par',
  'ouvert_le',
  'demande_par',
  'demande_le',
  'question',
  'decide_par',
  'decide_comme',
  'decide_le',
] as const;

/** The register as a CSV for spreadsheets: UTF-8 with its mark, semicolons, formulas neutralised. */
export function registerCsv(reviews: readonly ReviewSummary[]): string {
  const lines = reviews.map((review) => [
    numberOf(review),
    review.title,
    review.organization.name,
    review.datasetId ?? '',
    String(review.version ?? ''),
    review.findings.map(({ column, kind, cells }) => `${column} : ${kind} (${cells})`).join(' | '),
    review.outcome ?? '',
    review.bases.join(' | '),
    review.motive ?? '',
    review.author,
    review.createdAt.toISOString(),
    review.askedBy ?? '',
    review.askedAt?.toISOString() ?? '',
    review.question ?? '',
    review.decidedBy ?? '',
    review.decidedAs ?? '',
    review.decidedAt?.toISOString() ?? '',
  ]);
  const cell = (text: string) => {
    const safe = neutralised(text);
    return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\uFEFF${[registerTitles, ...lines].map((line) => line.map(cell).join(';')).join('\r\n')}\r\n`;
}
