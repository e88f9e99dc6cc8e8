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
  assetUrl(logical: string): string;
};

export type SiteMark = { readonly path: string; readonly width: number; readonly height: number };

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
