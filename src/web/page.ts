// What every page is given beside its own data, and how a room answers with a page or its data.
import type { VNode } from 'preact';
import type { Voice } from './language.ts';
import type { SignedIn } from './visitor.ts';

/** Facts of the portal that every page shows. */
export type Site = {
  readonly name: string;
  /** Whether the territory is a demonstration. */
  readonly demo: boolean;
  readonly publicUrl: string;
  /** The outline of the territory, drawn when its boundaries are known: an SVG path and its sheet. */
  readonly mark?: SiteMark | null;
  /** What somebody chose; the portal's own look when absent. */
  readonly look?: Look | null;
  assetUrl(logical: string): string;
};

export type SiteMark = { readonly path: string; readonly width: number; readonly height: number };

/** How a page looks when somebody chose it: their colours, their logo, their own address. */
export type Look = {
  /** The value of data-face: the slug of an organization, or « territory ». */
  readonly name: string;
  /** The address of its style sheet, of its logo; null when it has none. */
  readonly colours: string | null;
  readonly logo: string | null;
  /** Of an organization that is seen under its own address: only its data and the territory's shows there. */
  readonly whiteLabel: {
    readonly slug: string;
    readonly name: string;
    readonly insee: string | null;
    readonly shown: readonly string[];
  } | null;
};

export type PageContext = {
  readonly voice: Voice;
  readonly site: Site;
  /** Who reads it; nobody that is known when absent. */
  readonly visitor?: SignedIn | null;
  /** The page's own address, without the query. */
  readonly path: string;
  /** The query of the address, for links that change one of its parts. */
  readonly query: string;
};

/** A page ready to be sent: pure HTML on one side, the same facts as data on the other. */
export type PageAnswer = {
  readonly data: unknown;
  readonly page: (context: PageContext) => VNode;
};
