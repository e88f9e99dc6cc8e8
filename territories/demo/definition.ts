// What a starter territory hands to the seeding: plain values, and functions that write the files that are not committed.
import type { Commune } from '../../src/features/catalog/schemas.ts';
import type { Organization } from '../../src/model/dataset.ts';

export type DemoTerritory = {
  readonly territory: {
    readonly name: string;
    readonly kind: 'metropole';
    readonly siren: string;
    /** Where names, codes and populations come from. */
    readonly source: string;
  };
  readonly communes: readonly Commune[];
  readonly organizations: readonly Organization[];
  readonly datasets: readonly DemoDataset[];
};

export type DemoDataset = {
  readonly id: string;
  /** The slug of its organization. */
  readonly organization: string;
  readonly title: string;
  readonly description: string;
  readonly licence: 'lov2' | 'odc-odbl';
  /** Ids of the European vocabularies: ENVI, ANNUAL … */
  readonly theme: string;
  readonly frequency: string;
  readonly keywords: readonly string[];
  /** INSEE codes of the communes the data is about. */
  readonly communes: readonly string[];
  /** Whether it was written for the demonstration; false for real data, whose `source` is named. */
  readonly demo: boolean;
  readonly source: string | null;
  /** The path of a committed file, or what writes it into a folder that exists and answers its path. */
  readonly file: string | FileGenerator;
};

/** Writes a file into a folder that exists; the same bytes every time. @returns its path. */
export type FileGenerator = (targetFolder: string) => Promise<string>;
