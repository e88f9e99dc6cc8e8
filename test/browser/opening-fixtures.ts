// A review that waits and one that was decided, for the tests of pages: the verbs of the opening room on fixtures.

import type { OfficerDecision, Review } from '../../src/features/opening/schemas.ts';
import { TerroirError } from '../../src/lib/errors.ts';
import type { Finding } from '../../src/model/finding.ts';
import { type Answers, type Disposition, decide } from '../../src/model/opening.ts';

const finding = (name: string, column: string, kind: Finding['kind'], examples: readonly string[]): Finding => ({
  kind,
  nature: 'personal',
  name,
  column,
  cells: 22,
  share: 0.31,
  confidence: 'high',
  examples,
  places: ['C14'],
});
const findings = [
  finding('beneficiaire', 'Bénéficiaire', 'personName', ['L•• M•••••', 'Y••• L• G•••']),
  finding('courriel', 'Courriel', 'email', ['l••.m•••••@g••••.com']),
  finding('ne_e_le', 'Né(e) le', 'birthDate', ['••/••/••••']),
];
const answers: Answers = { finished: { value: 'yes' }, secret: { value: 'unsure' }, personal: { value: 'yes' } };
const dispositions: readonly Disposition[] = [
  { kind: 'remove', column: 'courriel' },
  { kind: 'ask', column: 'beneficiaire' },
];

export const review: Review = {
  id: '3f2a9c01-0000-4000-8000-000000000000',
  title: 'Aides aux jeunes 2025',
  organization: { slug: 'ville-de-tours', name: 'Ville de Tours' },
  datasetId: null,
  version: null,
  depositId: null,
  state: 'asked',
  findings,
  question: 'Peut-on nommer les bénéficiaires ?',
  askedAt: new Date('2026-05-02T08:00:00Z'),
  outcome: null,
  bases: [],
  motive: null,
  createdAt: new Date('2026-05-01T08:00:00Z'),
  decidedAt: null,
  decidedAs: null,
  author: 'Claire Secrétaire',
  askedBy: 'Claire Secrétaire',
  decidedBy: null,
  answers,
  sources: { finished: 'person', secret: 'person', personal: 'detection' },
  dispositions,
  proposed: decide(answers, findings, dispositions),
};

const decided: Review = {
  ...review,
  id: '7b1c0000-0000-4000-8000-000000000000',
  state: 'decided',
  outcome: 'openAfterProcessing',
  bases: ['L312-1-1', 'L312-1-2'],
  motive: 'Initiales seules.',
  decidedAt: new Date('2026-05-03T08:00:00Z'),
  decidedAs: 'legalOfficer',
  decidedBy: 'Jean Juriste',
};

export const legalQueue = async () => [review];
export const openingRegister = async () => [decided];
export const getReviewToDecide = async (_context: unknown, id: string) => (id === decided.id ? decided : review);
export const treatColumn = async () => review;
export const returnReview = async () => review;
export const decideReview = async (_context: unknown, _id: string, { motive }: OfficerDecision) => {
  if (motive.trim() === '') throw new TerroirError('opening.motiveMissing');
  return decided;
};
export const mustBePublicOriginal = async () => {};
export const openingOf = async () => ({
  number: '7b1c0000',
  version: 2,
  outcome: 'openAfterProcessing',
  bases: ['L312-1-1', 'L312-1-2', 'D312-1-3'],
  decidedAt: new Date('2026-05-03T08:00:00Z'),
  decidedAs: 'legalOfficer',
  treated: [
    { column: 'Courriel', kind: 'remove', mask: null },
    { column: 'Né(e) le', kind: 'mask', mask: 'year' },
  ],
  justified: [{ column: 'Élu', justification: { basis: 'family', family: 'politics' } }],
});
