// Eight questions of quality, each answered from facts of the version and of the dataset.
import type { Dataset, Version } from '../../model/dataset.ts';
import type { FieldRole } from '../../model/field.ts';
import { frequencyById, licenceById } from '../../model/reference.ts';
import type { Freshness } from '../catalog/schemas.ts';

export const qualityNames = [
  'described',
  'licensed',
  'fresh',
  'complete',
  'readable',
  'named',
  'linked',
  'open',
] as const;
export type QualityName = (typeof qualityNames)[number];

/** Null where nothing can be said: a rhythm that gives no date, a table without rows. */
export type Quality = { readonly name: QualityName; readonly kept: boolean | null };

/** Codes that other files of other producers use too. */
export const linkingRoles: readonly FieldRole[] = [
  'inseeCode',
  'postalCode',
  'siren',
  'siret',
  'rna',
  'departmentCode',
  'regionCode',
];

/** A description below this says hardly more than the title. */
const described = 80;

export function qualityOf(dataset: Dataset, version: Version, freshness: Freshness): readonly Quality[] {
  const errors = version.problems.filter((problem) => problem.severity === 'error').length;
  const linked =
    version.geometry !== null || version.fields.some((f) => f.role !== null && linkingRoles.includes(f.role));
  const share = filledShare(version);
  const answers: Readonly<Record<QualityName, boolean | null>> = {
    described: dataset.description.trim().length >= described,
    licensed: licenceById(dataset.licence) !== null || dataset.homologation !== null,
    fresh: freshness === 'unknown' || frequencyById(dataset.frequency) === null ? null : freshness === 'upToDate',
    complete: share === null ? null : share >= 0.9,
    readable: errors === 0,
    named: namedFields(version) === version.fields.length,
    linked,
    open: true,
  };
  return qualityNames.map((name) => ({ name, kept: answers[name] }));
}

/** The share of all cells that have a value; null when there is no cell. */
export function filledShare({ profiles, rows }: Version): number | null {
  if (rows === 0 || profiles.length === 0) return null;
  return profiles.reduce((sum, profile) => sum + profile.filledShare, 0) / profiles.length;
}

export function namedFields({ fields }: Version): number {
  return fields.filter((field) => field.title.trim() !== '').length;
}
