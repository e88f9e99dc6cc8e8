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
