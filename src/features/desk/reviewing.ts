// « A-t-on le droit ? » for a draft: its review is started when its file was looked at, and begun anew when what is found changes.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Finding } from '../../model/finding.ts';
import type { Review } from '../opening/schemas.ts';
import { answerQuestion, getReview, startReview, treatColumn } from '../opening/service.ts';
import { changeDraft } from './queries.ts';
import { proposedSaid } from './rules.ts';
import type { Draft } from './schemas.ts';

/** The review of a draft as it stands, started when there is none; null as long as its file was not looked at. */
export async function reviewOfDraft(context: Context, draft: Draft): Promise<Review | null> {
  const { examination, reviewId, datasetId, file } = draft;
  if (examination === null || file === null) return null;
  const known = reviewId === null ? null : await getReview(context, reviewId);
  if (known !== null && same(known.findings, examination.findings)) return known;
  // What waits for the legal officer is about what was found then: the depositor may not change it under their eyes.
  if (known?.state === 'asked') return known;
  const review = await startReview(context, {
    organization: draft.organization.slug,
    title: proposedSaid(draft).title ?? file.name,
    findings: examination.findings,
    depositId: file.depositId,
    datasetId,
    unseen: draft.asDocument,
  });
  if (known !== null) await takeOver(context, known, review);
  await changeDraft(context.db, draft.id, { reviewId: review.id }, { now: context.now() });
  return getReview(context, review.id);
}

/** What a person answered of the file before the last fixes still holds, for the columns that still have something. */
async function takeOver(context: Context, from: Review, to: Review): Promise<void> {
  for (const [question, answer] of Object.entries(from.answers)) {
    const name = question as keyof typeof from.answers;
    if (from.sources[name] === 'person' && answer !== undefined) await answerQuestion(context, to.id, name, answer);
  }
  const found = new Set(to.findings.map(({ name }) => name));
  for (const disposition of from.dispositions)
    if (found.has(disposition.column))
      await treatColumn(context, to.id, disposition).catch((error: unknown) => {
        // A mask that no longer fits is chosen again.
        if (!(error instanceof TerroirError) || error.code !== 'opening.answerInvalid') throw error;
      });
}

/** Findings are told apart by what they are about: places move with each fix. */
function same(a: readonly Finding[], b: readonly Finding[]): boolean {
  const key = (list: readonly Finding[]) => JSON.stringify(list.map(({ kind, nature, name }) => [name, kind, nature]));
  return key(a) === key(b);
}
