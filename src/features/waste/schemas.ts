// What the room of waste knows of a territory, and what it answers.
import type { Collections } from '../../data/waste/collections.ts';
import type { OpeningState } from '../../data/waste/opening-hours.ts';
import type { Sector } from '../../data/waste/sectors.ts';
import type { Day, WasteCalendar } from '../../model/waste.ts';

/** Where a fact comes from: said with every answer, as the licence wants. */
export type WasteSource = {
  readonly dataset: string;
  readonly title: string;
  readonly organization: string;
  readonly licence: string;
  /** When the data was last changed or verified. */
  readonly updatedAt: Date;
  readonly demo: boolean;
};

export type WasteSector = {
  /** In addresses: "37122-joue-centre". */
  readonly id: string;
  readonly name: string;
  readonly insee: string | null;
  readonly commune: string | null;
  /** A street with days of its own: nobody chooses it in a list of sectors. */
  readonly ofStreet: boolean;
  readonly calendar: WasteCalendar;
  readonly instruction: string | null;
  readonly polygons: Sector['polygons'];
  readonly sources: readonly WasteSource[];
};

export type WasteStreet = {
  /** Folded, abbreviations written out: "rue des acacias". */
  readonly key: string;
  readonly name: string;
  readonly insee: string | null;
  readonly side: 'even' | 'odd' | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly sector: string;
};

export type RecyclingCentre = {
  readonly name: string;
  readonly address: string | null;
  readonly insee: string | null;
  readonly commune: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  /** As OpenStreetMap writes them. */
  readonly hours: string;
  readonly closed: readonly Day[];
  readonly accepted: readonly string[];
  readonly card: boolean | null;
  readonly limit: string | null;
  readonly phone: string | null;
  readonly web: string | null;
  readonly source: WasteSource;
};

export type SortingAdvice = {
  readonly waste: string;
  readonly synonyms: readonly string[];
  readonly destination: string;
  readonly instruction: string | null;
  readonly link: string | null;
  readonly source: WasteSource;
};

export type BulkyItems = {
  readonly insee: string | null;
  readonly commune: string | null;
  readonly mode: string;
  readonly phone: string | null;
  readonly web: string | null;
  readonly conditions: string | null;
  readonly source: WasteSource;
};

export type TerritoryWaste = {
  readonly sectors: ReadonlyMap<string, WasteSector>;
  readonly streets: readonly WasteStreet[];
  readonly centres: readonly RecyclingCentre[];
  readonly sorting: readonly SortingAdvice[];
  readonly bulky: readonly BulkyItems[];
};

/** Where somebody lives, as far as they said it. */
export type Place = {
  readonly insee: string | null;
  /** « 12 rue des Acacias ». */
  readonly street: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
};

export type SectorAnswer =
  | { readonly kind: 'found'; readonly sector: WasteSector; readonly street: string | null }
  /** Several are possible: the reader chooses. */
  | { readonly kind: 'choose'; readonly sectors: readonly WasteSector[] }
  /** Not in this territory: who collects there, null when that is not known. */
  | { readonly kind: 'outside'; readonly insee: string | null; readonly competent: string | null }
  | { readonly kind: 'unknown' };

export type NextAnswer = Collections & {
  readonly sector: WasteSector;
  readonly from: Day;
  /** Whether the published calendar ends before as many days as asked for were found. */
  readonly ended: boolean;
};

export type CentreAnswer = RecyclingCentre & {
  /** Null when the hours are not understood: they are then shown as they are written. */
  readonly state: OpeningState | null;
};
