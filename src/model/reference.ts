// The lists that the law or Europe decides, read from reference/*.json with types: licences, themes, frequencies.
import frequenciesFile from '../../reference/frequencies.json' with { type: 'json' };
import highValueFile from '../../reference/high-value.json' with { type: 'json' };
import licencesFile from '../../reference/licences.json' with { type: 'json' };
import themesFile from '../../reference/themes.json' with { type: 'json' };
import type { Sentence } from './language.ts';

export type Licence = {
  /** The id of data.gouv.fr: lov2, odc-odbl. */
  readonly id: string;
  readonly title: Sentence;
  readonly url: string;
  readonly spdx: string;
  /** What it means for whoever reuses the data, in one line. */
  readonly consequence: Sentence;
};

export type Theme = {
  /** The code of the European list: ENVI, TRAN … */
  readonly id: string;
  readonly uri: string;
  readonly label: Sentence;
};

export type Frequency = {
  /** The code of the European list: ANNUAL, MONTHLY … */
  readonly id: string;
  readonly uri: string;
  /** The same rhythm in data.gouv.fr's words. */
  readonly udata: string;
  /** The longest time between two updates, an ISO 8601 duration; null where no date can be expected. */
  readonly delta: string | null;
  readonly label: Sentence;
};

/** A category of high-value data (regulation (EU) 2023/138). */
export type HighValueCategory = { readonly id: string; readonly uri: string; readonly label: Sentence };

export const licences: readonly Licence[] = licencesFile.licences;
export const themes: readonly Theme[] = themesFile.themes;
export const highValueCategories: readonly HighValueCategory[] = highValueFile.categories;
export const frequencies: readonly Frequency[] = frequenciesFile.frequencies;

/** The licence of a dataset whose producer chose none (Licence Ouverte 2.0). */
export const defaultLicence = licencesFile.default;
/** The frequency of a dataset whose producer announced none. */
export const defaultFrequency = 'UNKNOWN';

export const highValueCategoryById = finder(highValueCategories);
export const licenceById = finder(licences);
export const themeById = finder(themes);
export const frequencyById = finder(frequencies);

/** Finds by id, whatever its case: people type "envi" and "Annual". */
function finder<T extends { readonly id: string }>(list: readonly T[]): (id: string) => T | null {
  const byId = new Map(list.map((item) => [item.id.toLowerCase(), item]));
  return (id) => byId.get(id.toLowerCase()) ?? null;
}
