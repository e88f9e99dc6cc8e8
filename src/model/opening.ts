// « May we open it? »: Etalab's six questions as data, what is answered before people answer, and the decision. Pure.
// Sources: etalab/guide-juridique-open-data (the tree); CRPA L311-2, L311-5, L311-6, L311-7, L312-1-1, L312-1-2, D312-1-3.
import type { Finding, FindingKind, MaskKind, Treatment } from './finding.ts';
import { masksOf } from './finding.ts';
import { type openingBases, openingFamilies } from './messages/opening.ts';

export const questionIds = [
  'finished',
  'secret',
  'redactable',
  'personal',
  'publicInformation',
  'anonymisable',
] as const;
export type QuestionId = (typeof questionIds)[number];

export const answerValues = ['yes', 'no', 'unsure'] as const;
export type AnswerValue = (typeof answerValues)[number];

export type FamilyId = keyof typeof openingFamilies;
/** The families of D312-1-3 in the decree's order: the first is 1°. */
export const familyIds = Object.keys(openingFamilies) as readonly FamilyId[];

/** Why data about persons is published as it is (CRPA L312-1-2): a law and its text, consent and its proof, or the decree. */
export type Justification =
  | { readonly basis: 'law'; readonly text: string }
  | { readonly basis: 'consent'; readonly text: string }
  | { readonly basis: 'family'; readonly family: FamilyId };

export type Answer = {
  readonly value: AnswerValue;
  /** Of `secret`: which one. L311-5 shuts the document for all, L311-6 for all but the person concerned. */
  readonly secret?: 'L311-5' | 'L311-6';
  /** Of `publicInformation`: which reason. */
  readonly justification?: Justification;
};
export type Answers = Partial<Record<QuestionId, Answer>>;

/** What is decided of a column where something was found. */
export type Disposition =
  | Treatment
  | { readonly kind: 'justify'; readonly column: string; readonly justification: Justification }
  | { readonly kind: 'notPersonal'; readonly column: string }
  | { readonly kind: 'ask'; readonly column: string };
export type DispositionKind = Disposition['kind'];

export const openingStateNames = ['open', 'openAfterProcessing', 'restricted', 'notOpen', 'askLegalOfficer'] as const;
export type OpeningState = (typeof openingStateNames)[number];
export type BasisId = keyof typeof openingBases;

export type Outcome = {
  /** Null as long as something must still be answered: `next`, or one of the `undecided` columns. */
  readonly state: OpeningState | null;
  readonly next: QuestionId | null;
  /** The columns where personal data was found and nothing is decided. */
  readonly undecided: readonly string[];
  readonly bases: readonly BasisId[];
  /** What is done to the data before it is stored, in the order of the columns. */
  readonly treatments: readonly Treatment[];
};

/** Found, they are never published: no law or consent that a producer could name opens them. */
const neverPublished: ReadonlySet<FindingKind> = new Set(['nir', 'iban']);

/**
 * What detection answers before anyone does; people may change each answer.
 * @param known safeSchema: the table obeys a schema that is known to hold no personal data and no secret
 */
export function preAnswers(findings: readonly Finding[], known: { readonly safeSchema: boolean }): Answers {
  const personal = findings.some(({ nature }) => nature === 'personal');
  const role = findings.some(({ nature }) => nature === 'public');
  const safe: Answers = known.safeSchema && !personal ? { finished: { value: 'yes' }, secret: { value: 'no' } } : {};
  if (personal) return { ...safe, personal: { value: 'yes' }, anonymisable: { value: 'yes' } };
  if (!role) return { ...safe, personal: { value: 'no' } };
  const justification: Justification = { basis: 'family', family: 'politics' };
  return { ...safe, personal: { value: 'yes' }, publicInformation: { value: 'yes', justification } };
}

/**
 * What is proposed for a finding, the first one preselected: the mask that keeps most, removal where nothing may stay.
 * @param findings all those of the table: a mask must hide whatever else its column holds
 */
export function proposalsFor(finding: Finding, findings: readonly Finding[] = [finding]): readonly Disposition[] {
  const { name: column, kind } = finding;
  const remove: Disposition = { kind: 'remove', column };
  const fitting = masksOf[kind].filter((mask) => maskFits(mask, column, findings));
  const masks = fitting.map((mask): Disposition => ({ kind: 'mask', column, mask }));
  const others: readonly Disposition[] = [
    { kind: 'notPersonal', column },
    { kind: 'ask', column },
  ];
  return neverPublished.has(kind)
    ? [remove, ...masks, ...others]
    : [...masks.slice(0, 1), remove, ...masks.slice(1), ...others];
}

/**
 * Whether a mask hides all that was found in a column: the mask of e-mail addresses would leave the NIR that stands beside
 * one. Where nothing personal was found any mask may be chosen.
 */
export function maskFits(mask: MaskKind, column: string, findings: readonly Finding[]): boolean {
  return findings
    .filter(({ name, nature }) => name === column && nature === 'personal')
    .every(({ kind }) => masksOf[kind].includes(mask));
}

/** Whether a justification says something: a text for a law or a consent, a family of the decree. */
export function isJustified(justification: Justification | undefined): boolean {
  if (justification === undefined) return false;
  return justification.basis === 'family' ? familyIds.includes(justification.family) : justification.text.trim() !== '';
}

/**
 * Goes through the questions with what was answered and what was decided of each column.
 * @param dispositions the last one of a column counts
 */
export function decide(
  answers: Answers,
  findings: readonly Finding[],
  dispositions: readonly Disposition[] = [],
): Outcome {
  const last = new Map(dispositions.map((each) => [each.column, each]));
  // A mask that leaves something of what was found decides nothing.
  const decided = new Map(
    [...last].filter(([column, each]) => each.kind !== 'mask' || maskFits(each.mask, column, findings)),
  );
  const treatments = [...decided.values()].filter((each) => each.kind === 'remove' || each.kind === 'mask');
  const found = new Set(findings.filter(({ nature }) => nature === 'personal').map(({ name }) => name));
  const undecided = [...found].filter((column) => !decided.has(column));
  const outcome = (
    state: OpeningState | null,
    bases: readonly BasisId[] = [],
    next: QuestionId | null = null,
  ): Outcome => ({
    state,
    next,
    undecided,
    bases,
    treatments,
  });
  const processed = treatments.length > 0;

  const { finished, secret, redactable, personal } = answers;
  if ([...decided.values()].some((each) => mustAsk(each, findings))) return outcome('askLegalOfficer');
  if (finished === undefined) return outcome(null, [], 'finished');
  if (finished.value === 'no') return outcome('notOpen', ['L311-2']);
  if (secret === undefined) return outcome(null, [], 'secret');
  const bases: BasisId[] = ['L312-1-1'];
  if (secret.value === 'yes') {
    if (redactable === undefined) return outcome(null, [], 'redactable');
    if (redactable.value === 'no')
      return secret.secret === 'L311-6' ? outcome('restricted', ['L311-6']) : outcome('notOpen', ['L311-5']);
    bases.push('L311-7');
  }
  // Who is not sure is not made to answer: the legal officer is.
  if ([finished, secret, redactable].some((answer) => answer?.value === 'unsure')) return outcome('askLegalOfficer');
  if (personal === undefined) return outcome(null, [], 'personal');
  if (personal.value === 'unsure') return outcome('askLegalOfficer');
  if (undecided.length > 0) return outcome(null, [], personal.value === 'yes' ? 'anonymisable' : 'personal');
  if (processed) bases.push('L312-1-2');
  // A secret is taken out by a treatment, or by a table that was prepared before it came: either way it was processed.
  const opened = processed || bases.includes('L311-7') ? 'openAfterProcessing' : 'open';
  const kept = [...decided.values()].filter((each) => each.kind === 'justify');
  if (personal.value === 'no') return kept.length > 0 ? outcome('askLegalOfficer') : outcome(opened, bases);
  return persons(answers, { found: found.size, kept, bases, opened }, outcome);
}

type Persons = {
  readonly found: number;
  readonly kept: readonly Extract<Disposition, { kind: 'justify' }>[];
  readonly bases: readonly BasisId[];
  readonly opened: OpeningState;
};

/** The two last questions, for a table with data about persons. */
function persons(
  { publicInformation, anonymisable }: Answers,
  { found, kept, bases, opened }: Persons,
  outcome: (state: OpeningState | null, bases?: readonly BasisId[], next?: QuestionId | null) => Outcome,
): Outcome {
  if (anonymisable?.value === 'unsure' || publicInformation?.value === 'unsure') return outcome('askLegalOfficer');
  const reasons = new Set(kept.map(({ justification }) => basisOf(justification)));
  // Every column that was found is removed, masked or explained: nothing is left to ask.
  if (found > 0 && (kept.length > 0 || bases.includes('L312-1-2')) && publicInformation === undefined)
    return anonymisable?.value === 'no' && kept.length === 0
      ? outcome('restricted', ['L312-1-2'])
      : outcome(opened, [...bases, ...reasons]);
  if (publicInformation === undefined) return outcome(null, [], 'publicInformation');
  if (publicInformation.value === 'yes') {
    const { justification } = publicInformation;
    if (justification === undefined || !isJustified(justification)) return outcome(null, [], 'publicInformation');
    return outcome(opened, [...bases, ...reasons.add(basisOf(justification))]);
  }
  if (kept.length > 0) return outcome('askLegalOfficer');
  if (anonymisable === undefined) return outcome(null, [], 'anonymisable');
  if (anonymisable.value === 'no') return outcome('restricted', ['L312-1-2']);
  return outcome('openAfterProcessing', bases.includes('L312-1-2') ? bases : [...bases, 'L312-1-2']);
}

function basisOf(justification: Justification): BasisId {
  return justification.basis === 'family' ? 'D312-1-3' : justification.basis;
}

/** The person asks, or names a reason for what is never published, or names none. */
function mustAsk(disposition: Disposition, findings: readonly Finding[]): boolean {
  if (disposition.kind === 'ask') return true;
  if (disposition.kind !== 'justify') return false;
  const kinds = findings.filter(({ name }) => name === disposition.column).map(({ kind }) => kind);
  return kinds.some((kind) => neverPublished.has(kind)) || !isJustified(disposition.justification);
}

/** What everyone may read of why a version is open: the decision, never the findings' places nor anyone's name. */
export type PublicOpening = {
  /** The short number of the review, to quote. */
  readonly number: string;
  /** The version it is about. */
  readonly version: number;
  readonly outcome: Exclude<OpeningState, 'askLegalOfficer'>;
  readonly bases: readonly BasisId[];
  readonly decidedAt: Date;
  /** Who decided: the producer by the six questions, or the legal officer. */
  readonly decidedAs: 'producer' | 'legalOfficer';
  /** What was done to columns before publication, by their header. */
  readonly treated: readonly {
    readonly column: string;
    readonly kind: 'remove' | 'mask';
    readonly mask: MaskKind | null;
  }[];
  /** The columns with data about persons that are published, and why. */
  readonly justified: readonly { readonly column: string; readonly justification: Justification }[];
};
