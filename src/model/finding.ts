// What the scan for personal data says of a column: of whom, how much, how sure, shown masked; never a value as it was read.

/** Kinds of personal data that the scan knows. */
export const findingKinds = [
  'email',
  'phone',
  'nir',
  'iban',
  'birthDate',
  'age',
  'personName',
  'postalAddress',
  'smallCells',
  'sensitive',
  'ipAddress',
  'plate',
] as const;
export type FindingKind = (typeof findingKinds)[number];

/**
 * personal: natural persons; someone must say what becomes of it. public: persons named for their public role (elected
 * people, candidates, who signs): expected in open data, told so that nobody is surprised. hint: worth a look.
 */
export const findingNatures = ['personal', 'public', 'hint'] as const;
export type FindingNature = (typeof findingNatures)[number];

export type Finding = {
  readonly kind: FindingKind;
  readonly nature: FindingNature;
  /** The column's name in every API, unique in its table: what treatments are bound to. */
  readonly name: string;
  /** Its header's text. */
  readonly column: string;
  /** Cells concerned, over all rows, and their share of the column's filled cells, between 0 and 1. */
  readonly cells: number;
  readonly share: number;
  readonly confidence: 'high' | 'medium' | 'low';
  /** At most three values, masked: `m••••.d•••••@g••••.com`. */
  readonly examples: readonly string[];
  /** Where they are, as the spreadsheet shows it: "F14". */
  readonly places: readonly string[];
};

/** How a finding's values can be made harmless and stay of use. */
export const maskKinds = [
  'email',
  'phone',
  'initials',
  'year',
  'ageBand',
  'street',
  'commune',
  'coordinates',
  'smallCells',
  'hide',
] as const;
export type MaskKind = (typeof maskKinds)[number];

/** What the producer does with a column before it is stored; `column` is its name. Replayable: the same next year. */
export type Treatment =
  | { readonly kind: 'remove'; readonly column: string }
  | { readonly kind: 'mask'; readonly column: string; readonly mask: MaskKind };

/** The masks that fit a kind, the one to propose first; none where only removal protects (NIR, IBAN: `hide` keeps the column). */
export const masksOf: Readonly<Record<FindingKind, readonly MaskKind[]>> = {
  email: ['email', 'hide'],
  phone: ['phone', 'hide'],
  nir: ['hide'],
  iban: ['hide'],
  birthDate: ['year', 'hide'],
  age: ['ageBand', 'hide'],
  personName: ['initials', 'hide'],
  postalAddress: ['street', 'commune', 'hide'],
  smallCells: ['smallCells', 'hide'],
  sensitive: ['hide'],
  ipAddress: ['hide'],
  plate: ['hide'],
};
