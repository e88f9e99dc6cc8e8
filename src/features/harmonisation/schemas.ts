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

export type ConsolidationFacts = {
  readonly consolidation: Consolidation;
  readonly contributions: readonly Contribution[];
  readonly coverage: Coverage;
};
