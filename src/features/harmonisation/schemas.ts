// What enters and leaves harmonisation.
import type { FieldMapping } from '../../model/mapping.ts';

export type ConsolidationRequest = {
  /** The identifier of the dataset that it fills. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The organization that answers for it. */
  readonly organization: string;
  /** The schema's name in the registry. */
  readonly schema: string;
  readonly theme: string | null;
  readonly keywords: readonly string[];
};

export type Consolidation = ConsolidationRequest & {
  /** The version of the schema that it follows; null for the one in force. */
  readonly schemaVersion: string | null;
  readonly createdAt: Date;
  /** When its rows were last gathered; null before the first time. */
  readonly builtAt: Date | null;
  readonly builtFrom: string | null;
  /** Rows set aside at the last gathering because another one is the same thing. */
  readonly duplicateRows: number;
};

export type ContributionState = 'suggested' | 'validated' | 'broken';
export type Fault = { readonly field: string; readonly code: string; readonly rows: number };

/** What one dataset of a producer brings. */
export type Contribution = {
  readonly datasetId: string;
  readonly title: string;
  readonly organization: { readonly slug: string; readonly name: string; readonly insee: string | null };
  readonly mapping: readonly FieldMapping[];
  readonly state: ContributionState;
  readonly missingColumns: readonly string[];
  /** Fields that its mapping says and the schema has no more, or that the schema now requires and it does not say. */
  readonly missingFields: readonly string[];
  /** What its producer was written to about. */
  readonly toldOf: readonly string[];
  /** The version whose rows are kept; null as long as there are none. */
  readonly keptVersion: number | null;
  readonly keptFrom: string | null;
  readonly keptRows: number;
  readonly rejectedRows: number;
  readonly reasons: readonly Fault[];
};

/** building: no row yet; partial: some communes; complete: all; degraded: rows of a contribution that is broken now. */
export const consolidationStates = ['building', 'partial', 'complete', 'degraded'] as const;
export type ConsolidationState = (typeof consolidationStates)[number];

export type Coverage = {
  readonly state: ConsolidationState;
  /** Communes of the territory, and those that bring rows. */
  readonly communes: number;
  readonly covered: number;
  readonly rows: number;
  readonly rejected: number;
};

/** there: its rows are good; degraded: last good rows; waiting: columns to confirm; missing: no file of it. */
export type CommuneState = 'there' | 'degraded' | 'waiting' | 'missing';
export type CommuneCoverage = {
  readonly insee: string;
  readonly name: string;
  readonly state: CommuneState;
  readonly rows: number;
};

export type ConsolidationFacts = {
  readonly consolidation: Consolidation;
  readonly contributions: readonly Contribution[];
  readonly coverage: Coverage;
};

/** siret: the same establishment; address: the same one in the national base; near: within metres; identical: word for word. */
export const duplicateReasons = ['siret', 'address', 'near', 'identical'] as const;
export type DuplicateReason = (typeof duplicateReasons)[number];

/** A row as it stands in the shared table, and where it comes from. */
export type DuplicateRow = {
  readonly producer: string;
  readonly sourceDataset: string;
  readonly sourceRow: string;
  readonly values: Readonly<Record<string, string>>;
};

/** Two rows of different producers that seem to be the same thing. */
export type FoundPair = {
  /** Names a row by its dataset and all that it says. */
  readonly leftKey: string;
  readonly rightKey: string;
  readonly reason: DuplicateReason;
  /** In metres; null where there are no places. */
  readonly distance: number | null;
  readonly left: DuplicateRow;
  readonly right: DuplicateRow;
};

export type Verdict =
  | { readonly verdict: 'same'; readonly winner: 'left' | 'right' }
  | { readonly verdict: 'different' };

export type DuplicatePair = Omit<FoundPair, 'left' | 'right'> & {
  /** Null when the row is not there any more. */
  readonly left: DuplicateRow | null;
  readonly right: DuplicateRow | null;
  /** Whether both rows are there. */
  readonly present: boolean;
  readonly verdict: 'same' | 'different' | null;
  readonly winner: 'left' | 'right' | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
};

export type DuplicateCounts = { readonly waiting: number; readonly decided: number; readonly setAside: number };

/** What one shared table gives back to one of its producers. */
export type GivenBack = {
  readonly id: string;
  readonly title: string;
  readonly datasetId: string;
  readonly datasetTitle: string;
  /** Rows taken in common words, and those set aside with a reason. */
  readonly rows: number;
  readonly rejected: number;
  /** Fields of the schema that its columns say, and those of them that others taught. */
  readonly fields: number;
  readonly learned: number;
  /** The other producers, and their rows. */
  readonly producers: number;
  readonly otherRows: number;
  /** Pairs of duplicates that a row of it is in. */
  readonly duplicates: number;
};
