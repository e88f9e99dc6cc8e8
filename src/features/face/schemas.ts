// What enters and leaves the room of the public face: answers about a commune, the territory's drawing, looks and contacts.
import type { Organization } from '../../model/dataset.ts';
import type { CommuneSummary, CommuneWithDatasets, DatasetSummary, Freshness, Territory } from '../catalog/schemas.ts';
import type { Drawing } from './outline-rules.ts';

/** What residents ask about; each has its sentence. « rows » is any other dataset. */
export const subjects = [
  'collection',
  'dropOff',
  'markets',
  'menus',
  'equipment',
  'bikes',
  'parking',
  'trees',
  'defibrillators',
  'libraries',
  'agenda',
  'traffic',
  'grants',
  'deliberations',
  'budget',
  'rows',
] as const;
export type Subject = (typeof subjects)[number];

/** What any commune can publish. */
export const shareables = [
  'grants',
  'deliberations',
  'budget',
  'equipment',
  'menus',
  'trees',
  'defibrillators',
] as const;
export type Shareable = (typeof shareables)[number];

/** A few rows of a dataset, read for one commune, as one sentence will say them. */
export type Answer = {
  readonly subject: Subject;
  /** Null for a dataset that no question of residents is about: its rows are told in the list alone. */
  readonly part: 'everyday' | 'democracy' | null;
  readonly dataset: Pick<DatasetSummary, 'id' | 'title' | 'organization' | 'modifiedAt' | 'demo'>;
  /** Rows about the commune. */
  readonly count: number;
  /** The sum of the column that has money or places, when there is one. */
  readonly sum: number | null;
  /** The day that matters, ISO: the next one, or the last one. */
  readonly day: string | null;
  /** What the rows of that day say, at most three. */
  readonly told: readonly string[];
  /** From which day rows are counted, where only what is to come is told: the column and the day, ISO. */
  readonly since: { readonly column: string; readonly day: string } | null;
  /** The filter that shows these rows: "column:value"; null when the whole dataset is about the commune. */
  readonly refine: string | null;
};

/** The territory's drawing, with the dataset that it was made of. */
export type TerritoryDrawing = Drawing & {
  readonly dataset: { readonly id: string; readonly title: string };
  readonly source: string | null;
};

export type HomeData = {
  readonly territory: Territory | null;
  readonly communes: readonly CommuneSummary[];
  readonly figures: { readonly datasets: number; readonly organizations: number; readonly communes: number };
  readonly latest: readonly DatasetSummary[];
  /** The day in Paris, ISO. */
  readonly today: string;
};

/** How an organization, or the territory, looks and who answers there; what was not said is null. */
export type Face = {
  /** The slug of an organization; empty for the territory. */
  readonly owner: string;
  readonly ground: string | null;
  readonly accent: string | null;
  readonly logo: boolean;
  readonly photo: boolean;
  readonly photoText: string | null;
  readonly photoCredit: string | null;
  readonly mission: string | null;
  readonly contactName: string | null;
  readonly contactEmail: string | null;
  readonly contactPhone: string | null;
  readonly contactDelay: string | null;
  readonly host: string | null;
  readonly revision: number;
};

export type CommuneData = CommuneWithDatasets & {
  readonly territory: Territory | null;
  readonly answers: readonly Answer[];
  /** About how many square kilometres, and where that comes from. */
  readonly area: { readonly km2: number; readonly source: string } | null;
  readonly face: Face | null;
  /** What communes of the territory publish and this one does not yet, with one that does. */
  readonly missing: readonly {
    readonly subject: Shareable;
    readonly example: DatasetSummary;
    readonly communes: number;
  }[];
};

export type Figure = {
  readonly insee: string;
  /** Rows that were read about there. */
  readonly count: number;
  readonly sum: number | null;
  /** Rows and sum per 1 000 inhabitants; null where the population is not known. */
  readonly per1000: number | null;
  readonly sumPer1000: number | null;
  /** The filter that shows these rows on the page of the dataset. */
  readonly refine: string | null;
};

export type Compared = {
  readonly dataset: Answer['dataset'];
  /** One per commune, in the order of the communes; null where these data have no row: not known, never zero. */
  readonly figures: readonly (Figure | null)[];
  readonly missing: number;
};

/** Communes side by side, in alphabetical order. */
export type Comparison = {
  readonly all: readonly CommuneSummary[];
  readonly chosen: readonly CommuneSummary[];
  readonly lines: readonly Compared[];
  /** Codes that are no commune's; how many were chosen beyond what a page shows. */
  readonly unknown: readonly string[];
  readonly leftOut: number;
};

export type OrganizationData = {
  readonly organization: Organization & { readonly datasets: number };
  readonly datasets: readonly DatasetSummary[];
  /** How many datasets are up to date, due, late, without a rhythm; none that is zero. */
  readonly freshness: readonly { readonly name: Freshness; readonly count: number }[];
  readonly face: Face | null;
};

/** A picture as it is stored. */
export type Picture = { readonly bytes: Buffer; readonly type: string };

/** A face as its form sends it; an empty text takes away what was said. */
export type FaceRequest = {
  readonly ground: string;
  readonly accent: string;
  readonly logo: Buffer | null;
  readonly removeLogo: boolean;
  readonly photo: Buffer | null;
  readonly removePhoto: boolean;
  readonly photoText: string;
  readonly photoCredit: string;
  readonly mission: string;
  readonly contactName: string;
  readonly contactEmail: string;
  readonly contactPhone: string;
  readonly contactDelay: string;
  readonly host: string;
};

/** What the accessibility tests check on every page, in the order of the declaration. */
export const accessibilityChecks = [
  'axeLight',
  'axeDark',
  'keyboard',
  'reflow',
  'zoom',
  'motion',
  'withoutJavaScript',
] as const;

/** What the tests found (accessibility-results.json, written by test/browser/audit.test.ts). */
export type AccessibilityResults = {
  /** ISO day. */
  readonly checkedOn: string;
  /** The version of axe-core. */
  readonly axe: string;
  readonly pages: readonly string[];
  readonly checks: readonly {
    readonly id: (typeof accessibilityChecks)[number];
    /** The criteria of WCAG 2.2 it is about. */
    readonly criteria: string;
    /** The pages that do not pass. */
    readonly failing: readonly string[];
  }[];
};
