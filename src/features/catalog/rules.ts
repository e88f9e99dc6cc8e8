// Pure decisions of the catalogue: what a dataset and an organization may be called, licences, states, freshness.
import { TerroirError } from '../../lib/errors.ts';
import { nearest } from '../../lib/nearest.ts';
import { parisInstant } from '../../lib/paris.ts';
import { isSiren, isSiret } from '../../lib/siret.ts';
import { slugify } from '../../lib/text.ts';
import { isContact } from '../../model/contact.ts';
import type { DatasetState, Organization } from '../../model/dataset.ts';
import {
  defaultFrequency,
  defaultLicence,
  frequencies,
  frequencyById,
  highValueCategories,
  highValueCategoryById,
  licenceById,
  themeById,
  themes,
} from '../../model/reference.ts';
import type { Freshness, NewOrganization } from './schemas.ts';

/**
 * Lengths of a title. Three letters, because « Gares » and « BPE » are titles of real datasets; the screens that guide
 * people may advise more (data.gouv.fr asks for ten).
 */
export const titleLength = { min: 3, max: 300 } as const;
/** A file system names a file with 255 bytes, and a version's folder adds 17 to its dataset's identifier. */
export const idLength = 200;
const slugLength = 100;
const nameLength = { min: 2, max: 300 } as const;

/** Days after the expected update when a dataset is late: the last reminder to its producer is 14 days after. */
const graceDays = 14;
const day = 86_400_000;

/** @returns the title without spaces around it. @throws TerroirError dataset.titleTooShort, dataset.titleTooLong */
export function checkTitle(title: string): string {
  const checked = title.trim().replace(/\s+/g, ' ');
  if ((checked.match(/[\p{L}\p{N}]/gu) ?? []).length < titleLength.min)
    throw new TerroirError('dataset.titleTooShort', { min: titleLength.min });
  if (checked.length > titleLength.max) throw new TerroirError('dataset.titleTooLong', { max: titleLength.max });
  return checked;
}

/**
 * An identifier that someone chose. Those of a portal that Terroir replaces must stay as they are, because reuses have
 * them in their code: Opendatasoft's hold capitals, underscores and repeated hyphens. A dot would hide the ending of an
 * address (`/datasets/{id}.json`), an @ separates a dataset from its version in the file store.
 * @throws TerroirError dataset.idInvalid
 */
export function checkDatasetId(id: string): string {
  if (id.length <= idLength && /^[A-Za-z0-9]+([-_]+[A-Za-z0-9]+)*$/.test(id)) return id;
  throw new TerroirError('dataset.idInvalid', { id, max: idLength });
}

/** An identifier made of a title: « Arbres d’alignement » → arbres-d-alignement; the second one ends in -2, and so on. */
export function idOfTitle(title: string, number: number): string {
  return number === 1 ? shortSlug(title) : `${shortSlug(title)}-${number}`;
}

/** The slug of a title, cut between two words. */
function shortSlug(title: string): string {
  const slug = slugify(title);
  if (slug.length <= slugLength) return slug === '' ? 'jeu-de-donnees' : slug;
  const cut = slug.lastIndexOf('-', slugLength);
  return slug.slice(0, cut > 0 ? cut : slugLength);
}

/** What decides of a licence beside its id. */
export type LicenceTerms = {
  /** The category of high-value data, null for other data. */
  readonly hvdCategory: string | null;
  /** The reference of the State's homologation of a licence that the decree does not list. */
  readonly homologation: string | null;
};

/**
 * Licence Ouverte 2.0 or ODbL (CRPA D323-2-1); another one with the reference of its homologation (D323-2-2). High-value data
 * opens with nothing stricter than CC BY (regulation 2023/138, article 4): Licence Ouverte alone.
 * @returns the licence's id, the default one for null. @throws TerroirError licence.notAllowed, licence.highValue
 */
export function checkLicence(
  id: string | null,
  terms: LicenceTerms = { hvdCategory: null, homologation: null },
): string {
  const wanted = id ?? defaultLicence;
  const licence = licenceById(wanted);
  const homologated = terms.homologation !== null && /^[A-Za-z0-9][A-Za-z0-9._-]{1,99}$/.test(wanted);
  if (licence === null && !homologated) throw new TerroirError('licence.notAllowed', { id: wanted });
  const chosen = licence?.id ?? wanted;
  if (terms.hvdCategory !== null && chosen !== defaultLicence)
    throw new TerroirError('licence.highValue', { id: chosen });
  return chosen;
}

/** @returns the category's id, null for null. @throws TerroirError hvd.unknown */
export function checkHighValue(id: string | null): string | null {
  if (id === null) return null;
  const category = highValueCategoryById(id);
  if (category !== null) return category.id;
  throw new TerroirError('hvd.unknown', { id, accepted: highValueCategories.map((each) => each.id).join(', ') });
}

/** @returns the reference of a homologation without spaces around it, null when it says nothing. */
export function tidyHomologation(reference: string | null): string | null {
  return reference?.trim() || null;
}

/** @returns the theme's id, null for null. @throws TerroirError theme.unknown */
export function checkTheme(id: string | null): string | null {
  if (id === null) return null;
  const theme = themeById(id);
  if (theme === null) throw new TerroirError('theme.unknown', { id, accepted: themes.map((t) => t.id).join(', ') });
  return theme.id;
}

/** @returns "MM-DD", null when no day is said. 29 February is not every year's. @throws TerroirError frequency.dueDayInvalid */
export function checkDueDay(text: string | null): string | null {
  const said = text?.trim() ?? '';
  if (said === '') return null;
  const [, month = '', dayOfMonth = ''] = /^(\d{2})-(\d{2})$/.exec(said) ?? [];
  const date = new Date(`2025-${month}-${dayOfMonth}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(5, 10) !== said)
    throw new TerroirError('frequency.dueDayInvalid', { day: said });
  return said;
}

/** @returns an e-mail or a web address, null when none is said. @throws TerroirError dataset.contactInvalid */
export function checkContact(text: string | null): string | null {
  const said = text?.trim() ?? '';
  if (said === '') return null;
  if (!isContact(said)) throw new TerroirError('dataset.contactInvalid', { contact: said.slice(0, 100) });
  return said;
}

/** @returns the frequency's id, UNKNOWN for null. @throws TerroirError frequency.unknown */
export function checkFrequency(id: string | null): string {
  const frequency = frequencyById(id ?? defaultFrequency);
  if (frequency !== null) return frequency.id;
  const known = frequencies.map((f) => f.id);
  throw new TerroirError('frequency.unknown', { id: id ?? '', nearest: nearest((id ?? '').toUpperCase(), known) });
}

/** Keywords without spaces around them, without empty ones, none twice. */
export function tidyKeywords(keywords: readonly string[]): readonly string[] {
  return [...new Set(keywords.map((keyword) => keyword.trim()).filter((keyword) => keyword !== ''))];
}

/** INSEE codes of communes, none twice. @throws TerroirError commune.unknown for what is no such code */
export function checkCommuneCodes(codes: readonly string[]): readonly string[] {
  for (const insee of codes) if (!isInseeCode(insee)) throw new TerroirError('commune.unknown', { insee });
  return [...new Set(codes)];
}

function isInseeCode(text: string): boolean {
  return /^(\d{2}|2[AB])\d{3}$/.test(text);
}

/**
 * The state a dataset has after a version was added. Publishing a draft makes it public; a withdrawn dataset never comes
 * back, because what was withdrawn for a reason does not reappear at its address by accident.
 */
export function stateAfterVersion(state: DatasetState, publish: boolean): DatasetState {
  return state === 'draft' && publish ? 'published' : state;
}

/** @throws TerroirError dataset.notPublished, dataset.reasonMissing */
export function checkWithdrawal(id: string, state: DatasetState, reason: string): string {
  if (state !== 'published') throw new TerroirError('dataset.notPublished', { id });
  const checked = reason.trim();
  if (checked === '') throw new TerroirError('dataset.reasonMissing');
  return checked;
}

export type Deadlines = { readonly dueAt: Date; readonly overdueAt: Date };

/**
 * When the next update is expected, and from when it is late: 14 days after, or one more rhythm after when the rhythm is
 * shorter than that. Null when the rhythm gives no date.
 */
export function deadlines(frequency: string, lastUpdate: Date, dueDay: string | null = null): Deadlines | null {
  const delta = frequencyById(frequency)?.delta ?? null;
  if (delta === null) return null;
  const dueAt = dueDayAfter(lastUpdate, delta, dueDay) ?? addDuration(lastUpdate, delta);
  const rhythm = dueAt.getTime() - lastUpdate.getTime();
  return { dueAt, overdueAt: new Date(dueAt.getTime() + Math.min(rhythm, graceDays * day)) };
}

/** When a dataset was last updated: its data arrived, or its producer said that nothing had changed. */
export function lastUpdate(arrived: Date, verified: Date | null): Date {
  return verified !== null && verified > arrived ? verified : arrived;
}

/** Whether a dataset last updated then is up to date now. */
export function freshness(
  frequency: string,
  lastUpdate: Date | null,
  now: Date,
  dueDay: string | null = null,
): Freshness {
  const dates = lastUpdate === null ? null : deadlines(frequency, lastUpdate, dueDay);
  if (dates === null) return 'unknown';
  if (now < dates.dueAt) return 'upToDate';
  return now < dates.overdueAt ? 'due' : 'overdue';
}

/** What is updated fewer days before its day of the year is this year's update, and not a late one of the year before. */
const earlyDays = 90;

/**
 * « Chaque année avant le 31 mars »: the end of that day in Paris, in the year when the next update is expected.
 * @returns null for a rhythm that is not counted in years, or when no day was said
 */
function dueDayAfter(lastUpdate: Date, delta: string, dueDay: string | null): Date | null {
  const years = Number(/^P(\d+)Y$/.exec(delta)?.[1] ?? 0);
  if (years === 0 || dueDay === null) return null;
  const earliest = new Date(lastUpdate.getTime() + earlyDays * day);
  for (let year = lastUpdate.getUTCFullYear(); ; year++) {
    const dueAt = endOfDayInParis(`${year}-${dueDay}`);
    if (dueAt >= earliest) return years === 1 ? dueAt : endOfDayInParis(`${year + years - 1}-${dueDay}`);
  }
}

/** The last second of a day. */
function endOfDayInParis(date: string): Date {
  const [year = 0, month = 0, dayOfMonth = 0] = date.split('-').map(Number);
  return new Date(parisInstant(year, month, dayOfMonth + 1, 0).getTime() - 1000);
}

/** Adds one of the durations of reference/frequencies.json; a month after 31 January is the last day of February. */
function addDuration(date: Date, duration: string): Date {
  const [, inDay, count, unit] = /^P(T?)(\d+)([MHDY])$/.exec(duration) ?? [];
  const amount = Number(count);
  if (inDay === 'T') return new Date(date.getTime() + amount * (unit === 'H' ? 3_600_000 : 60_000));
  if (unit === 'D') return new Date(date.getTime() + amount * day);
  const months = unit === 'Y' ? amount * 12 : amount;
  const moved = new Date(date);
  moved.setUTCMonth(date.getUTCMonth() + months);
  if (moved.getUTCDate() !== date.getUTCDate()) moved.setUTCDate(0);
  return moved;
}

/**
 * An organization that joins, with its SIREN taken from its SIRET.
 * @throws TerroirError organization.slugInvalid, nameInvalid, siretInvalid, sirenInvalid, inseeInvalid
 */
export function checkOrganization(request: NewOrganization): Organization {
  const { slug } = request;
  if (slug.length > slugLength || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))
    throw new TerroirError('organization.slugInvalid', { slug, max: slugLength });
  const name = request.name.trim();
  if (name.length < nameLength.min || name.length > nameLength.max)
    throw new TerroirError('organization.nameInvalid', nameLength);
  const insee = request.insee ?? null;
  if (insee !== null && !isInseeCode(insee)) throw new TerroirError('organization.inseeInvalid', { insee });
  return {
    slug,
    name,
    kind: request.kind ?? (insee === null ? 'other' : 'commune'),
    ...checkIdentifiers(request),
    insee,
    population: request.population ?? null,
    populationSource: request.populationSource ?? null,
    description: request.description ?? null,
  };
}

/** Spaces are how people write these numbers: « 193 708 005 00478 ». */
function checkIdentifiers(request: NewOrganization): Pick<Organization, 'siret' | 'siren'> {
  const siret = request.siret?.replace(/\s/g, '') || null;
  if (siret !== null && !isSiret(siret)) throw new TerroirError('organization.siretInvalid', { siret });
  const siren = request.siren?.replace(/\s/g, '') || siret?.slice(0, 9) || null;
  if (siren !== null && (!isSiren(siren) || (siret !== null && !siret.startsWith(siren))))
    throw new TerroirError('organization.sirenInvalid', { siren });
  return { siret, siren };
}
