// Pure decisions of the deposit desk: where a draft is, what still stops it, what is proposed before people write.
import { createHash } from 'node:crypto';
import { type Report, reportOf } from '../../model/report.ts';
import type { StepBody } from '../../model/step.ts';
import type { StepProposal } from '../../model/step-proposals.ts';
import type { Review } from '../opening/schemas.ts';
import { kindById } from './kinds.ts';
import { type Draft, type DraftSummary, type Said, type StageName, stages } from './schemas.ts';

/** What still stops a draft from being published: the step where it is put right, in their order. */
export type Obstacle =
  | 'file.missing'
  | 'file.refused'
  | 'file.reading'
  | 'check.blocked'
  | 'rights.undecided'
  | 'rights.asked'
  | 'rights.closed'
  | 'present.title'
  | 'present.description';

export const obstacleStages: Readonly<Record<Obstacle, StageName>> = {
  'file.missing': 'file',
  'file.refused': 'file',
  'file.reading': 'check',
  'check.blocked': 'check',
  'rights.undecided': 'rights',
  'rights.asked': 'rights',
  'rights.closed': 'rights',
  'present.title': 'present',
  'present.description': 'present',
};

/** How the review of a draft stands, as far as publishing is concerned. */
export type RightsState = 'none' | 'undecided' | 'asked' | 'open' | 'closed';

/** How a review stands, as far as publishing is concerned. */
export function rightsOf(review: Review | null): RightsState {
  if (review === null) return 'none';
  if (review.state === 'asked') return 'asked';
  const state = review.state === 'decided' ? review.outcome : review.proposed.state;
  if (state === 'open' || state === 'openAfterProcessing') return 'open';
  if (state === 'restricted' || state === 'notOpen') return 'closed';
  return 'undecided';
}

/** The shortest title and description that say something (those of data.gouv.fr's guided form). */
export const shortestTitle = 10;
export const shortestDescription = 50;

export function obstaclesOf(draft: Draft, rights: RightsState): readonly Obstacle[] {
  const found: Obstacle[] = [];
  if (draft.file === null) return ['file.missing'];
  if (draft.refusal !== null) return ['file.refused'];
  if (draft.examination === null) return ['file.reading'];
  if (reportOf(draft.examination.problems).blocked) found.push('check.blocked');
  if (rights === 'asked') found.push('rights.asked');
  else if (rights === 'closed') found.push('rights.closed');
  else if (rights !== 'open') found.push('rights.undecided');
  // What is said of a dataset that exists is already there.
  if (draft.datasetId !== null) return found;
  if ((draft.said.title ?? '').trim().length < shortestTitle) found.push('present.title');
  if ((draft.said.description ?? '').trim().length < shortestDescription) found.push('present.description');
  return found;
}

/** The step at which work on a draft is taken up again. */
export function currentStage(draft: Pick<Draft, 'reached' | 'datasetId' | 'file'>): StageName {
  const stage = stages[draft.reached - 1] ?? 'what';
  return draft.file === null && stage !== 'what' ? 'file' : stage;
}

/** The number of a step, from 1. */
export function placeOf(stage: StageName): number {
  return stages.indexOf(stage) + 1;
}

/** The next step of a draft; a dataset that exists is already presented. */
export function nextStage(stage: StageName, { datasetId }: Pick<Draft, 'datasetId'>): StageName {
  if (stage === 'rights' && datasetId !== null) return 'publish';
  return stages[placeOf(stage)] ?? 'publish';
}

/** The schema that a draft is checked against: the one chosen, else the one of what it is, else the one that is likeliest. */
export function schemaOf(draft: Pick<Draft, 'schema' | 'kind'>): string | null {
  if (draft.schema !== null) return draft.schema === '' ? null : draft.schema;
  return kindById(draft.kind)?.schema ?? null;
}

/** What is said of a draft, what nobody wrote filled with what is likely. */
export function proposedSaid(
  draft: Pick<Draft, 'kind' | 'organization' | 'said'> & { readonly file: { readonly name: string } | null },
): Said {
  const kind = kindById(draft.kind);
  const { name, insee } = draft.organization;
  const title = kind?.title == null ? titleOfFile(draft.file?.name ?? '') : `${kind.title} – ${name}`;
  return {
    ...(title !== '' && { title }),
    keywords: kind?.keywords ?? [],
    communes: insee === null ? [] : [insee],
    theme: kind?.theme ?? null,
    frequency: kind?.frequency ?? 'ANNUAL',
    licence: 'lov2',
    ...draft.said,
  };
}

/** What a draft is called in a list. */
export function proposedTitle({ fileName, ...draft }: DraftSummary): string {
  return proposedSaid({ ...draft, file: fileName === null ? null : { name: fileName } }).title ?? '';
}

/** Words of a file's name: "2025_subventions-versees (1).xlsx" → "2025 subventions versees". */
export function titleOfFile(name: string): string {
  const words = name
    .replace(/(\.[a-z0-9]{1,8})+$/i, '')
    .replace(/\(\d+\)/g, ' ')
    .replace(/[_\-.]+/g, ' ')
    .trim()
    .replace(/\s+/g, ' ');
  return words === '' ? '' : `${words[0]?.toUpperCase()}${words.slice(1)}`;
}

/** Names a button of the report: it stays the same as long as what it does is the same. */
export function markOf(step: StepBody): string {
  return createHash('sha256').update(JSON.stringify(step)).digest('hex').slice(0, 16);
}

/** The proposal of a report by its mark; null when what it was about is no longer there. */
export function proposalByMark(report: Report, mark: string): StepProposal | null {
  for (const item of report.items)
    for (const proposal of item.steps) if (markOf(proposal.step) === mark) return proposal;
  return null;
}

/** The sure fixes of what blocks, one for each: « Appliquer les 5 corrections proposées ». */
export function sureSteps(report: Report): readonly StepBody[] {
  return report.items.flatMap((item) => {
    if (item.severity !== 'error') return [];
    // The one that puts most right: all the cells alike rather than the first of them.
    const fixes = item.steps.filter(({ asks, step }) => !asks && mends(step));
    const [best] = fixes.toSorted((a, b) => reach(b.step) - reach(a.step));
    return best === undefined ? [] : [best.step];
  });
}

function mends(step: StepBody): boolean {
  return ['setCell', 'replaceValue', 'padCodes', 'rewriteColumn', 'renameColumn'].includes(step.kind);
}

function reach(step: StepBody): number {
  return step.kind === 'setCell' ? 0 : 1;
}

/** A value that a person typed takes the place of what a step proposes. @returns null when it needs one and there is none */
export function withTyped(proposal: StepProposal, typed: string): StepBody | null {
  const to = typed.trim();
  const { step } = proposal;
  if (to === '') return proposal.asks ? null : step;
  return 'to' in step ? { ...step, to } : step;
}
