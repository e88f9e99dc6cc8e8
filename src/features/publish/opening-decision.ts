// May it be opened? What a deposit that is published at once must have decided of the persons found in its file.
import type { Context } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Finding, Treatment } from '../../model/finding.ts';
import type { Disposition } from '../../model/opening.ts';
import { answerQuestion, concludeReview, startReview, treatColumn, treatmentsToPublish } from '../opening/service.ts';

export type OpeningRequest = {
  readonly organization: string;
  readonly title: string;
  readonly depositId: string;
  /** The dataset that gets a new version: what was decided of the last one still stands. */
  readonly datasetId: string | null;
  /** The columns are named by their header, or by their name in the API. */
  readonly decisions: readonly Disposition[];
};

export type OpeningDecision = { readonly review: string | null; readonly treatments: readonly Treatment[] };

/**
 * Decides by what the depositor said and what stands of the last version, and keeps it as a review. Whoever publishes in one
 * gesture says by it that the document is finished and holds no secret; they never decide of persons without saying so.
 * @returns no review where no personal data is found and nothing is decided
 * @throws TerroirError opening.undecided (the columns, masked), opening.answerInvalid, opening.mustAsk, opening.incomplete
 */
export async function decideOpening(
  context: Context,
  { decisions, ...about }: OpeningRequest,
  findings: readonly Finding[],
): Promise<OpeningDecision> {
  const personal = findings.filter(({ nature }) => nature === 'personal');
  const named = decisions.map((each) => ({ ...each, column: nameOf(each.column, findings) }));
  // A column hidden in the last version is hidden again even where nothing is found today: the review knows.
  if (personal.length === 0 && named.length === 0 && about.datasetId === null) return { review: null, treatments: [] };
  if (about.datasetId === null) mustBeDecided(personal, new Set(named.map(({ column }) => column)));
  let review = await startReview(context, { ...about, findings });
  for (const each of named) review = await treatColumn(context, review.id, each);
  mustBeDecided(
    personal,
    new Set(personal.map(({ name }) => name).filter((name) => !review.proposed.undecided.includes(name))),
  );
  const { id, answers, dispositions } = review;
  if (answers.finished === undefined) await answerQuestion(context, id, 'finished', { value: 'yes' });
  if (answers.secret === undefined) await answerQuestion(context, id, 'secret', { value: 'no' });
  const last = new Map(dispositions.map((each) => [each.column, each.kind]));
  if (personal.length > 0 && personal.every(({ name }) => last.get(name) === 'notPersonal'))
    await answerQuestion(context, id, 'personal', { value: 'no' });
  await concludeReview(context, id);
  return { review: id, treatments: await treatmentsToPublish(context, id) };
}

/** @throws TerroirError opening.undecided */
function mustBeDecided(personal: readonly Finding[], decided: ReadonlySet<string>): void {
  const open = personal.filter(({ name }) => !decided.has(name));
  if (open.length === 0) return;
  const found = open.map(({ column, name, cells, examples }) => {
    const shown = examples[0] === undefined ? '' : ` : ${examples[0]}`;
    return `${column || name} (${cells}${shown})`;
  });
  throw new TerroirError('opening.undecided', { found: found.join(', ') });
}

function nameOf(column: string, findings: readonly Finding[]): string {
  return findings.find((finding) => finding.column === column)?.name ?? column;
}
