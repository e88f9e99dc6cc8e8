// The words of the catalogue: organization, dataset, version, licence, and the states a dataset goes through.
import type { Field, FieldProfile } from './field.ts';
import type { Problem } from './problem.ts';
import type { Step } from './step.ts';
import type { Geometry } from './table.ts';

export const datasetStates = ['draft', 'published', 'withdrawn'] as const;
export type DatasetState = (typeof datasetStates)[number];

export type OrganizationKind =
  | 'commune'
  | 'metropole'
  | 'departement'
  | 'university'
  | 'hospital'
  | 'chamber'
  | 'other';

export type Organization = {
  readonly slug: string;
  readonly name: string;
  readonly kind: OrganizationKind;
  readonly siret: string | null;
  readonly siren: string | null;
  /** The commune's INSEE code when the organization is a commune. */
  readonly insee: string | null;
  readonly population: number | null;
  /** Where the population comes from ("INSEE, populations municipales 2023"). */
  readonly populationSource: string | null;
  readonly description: string | null;
};

/** One immutable state of a dataset's data. */
export type Version = {
  /** 1, 2, 3 … within its dataset. */
  readonly number: number;
  /** The name of its folder among the stored files: unique for ever, made before the version has its number. */
  readonly key: string;
  readonly createdAt: Date;
  readonly file: {
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly format: string;
    readonly encoding: string | null;
    readonly delimiter: string | null;
  };
  readonly rows: number;
  readonly fields: readonly Field[];
  readonly profiles: readonly FieldProfile[];
  readonly geometry: Geometry | null;
  readonly problems: readonly Problem[];
  /** The row of the first record in the source as the spreadsheet shows it, and the rows below it left out of the data. */
  readonly firstSourceRow: number;
  readonly droppedSourceRows: readonly number[];
  /** The producer's fixes, done on the way from the original: both together give the same rows again. */
  readonly steps: readonly Step[];
  /** Rows of the source kept apart, not published (set-aside.csv). */
  readonly setAsideRows: number;
  /** The number of the version whose content this one has again. */
  readonly restoredFrom: number | null;
  /** The name of the table that was taken, of a file that holds several. */
  readonly table: string | null;
  /** The schema that its producer followed. */
  readonly schema: string | null;
  /** Names of the columns that this schema says are the key. */
  readonly declaredKey: readonly string[];
  /** Size of the stored Parquet file, in bytes. */
  readonly parquetBytes: number;
};

export type Dataset = {
  /** The identifier in every address; never changes, never reused. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly state: DatasetState;
  readonly stateReason: string | null;
  readonly organization: Organization;
  /** Ids of reference/themes.json, reference/licences.json, reference/frequencies.json. */
  readonly theme: string | null;
  readonly licence: string;
  /** An id of reference/high-value.json when it is high-value data (regulation 2023/138). */
  readonly hvdCategory: string | null;
  /** The reference of the homologation of its licence, when that is not in the decree’s list (CRPA D323-2-2). */
  readonly homologation: string | null;
  readonly frequency: string;
  /** "03-31": the day of the year when it is due, for a rhythm counted in years; null when any day is as good. */
  readonly dueDay: string | null;
  /** An e-mail or a web address: whom to ask about it. */
  readonly contact: string | null;
  readonly keywords: readonly string[];
  /** INSEE codes of the communes the data is about. */
  readonly communes: readonly string[];
  /** Written for the demonstration: says so wherever it shows. */
  readonly demo: boolean;
  /** Where real data comes from, when the producer is not its author. */
  readonly source: string | null;
  readonly createdAt: Date;
  readonly publishedAt: Date | null;
  readonly modifiedAt: Date;
  /** When its producer last said that nothing had changed: counts as an update. */
  readonly verifiedAt: Date | null;
  readonly version: Version | null;
};
