// What an action works with: who asks, what was given, where the portal is.
import type { Context } from '../../context.ts';
import type { Given } from './given.ts';
import { type Listing, listing } from './listing.ts';

export type Asked = {
  readonly context: Context;
  readonly given: Given;
  /** Makes addresses absolute. */
  readonly publicUrl: string;
  /** The name of the territory. */
  readonly title: string;
  /** Every package that the asker sees. */
  packages(): Promise<Listing>;
};

export function asked(
  context: Context,
  given: Given,
  site: { readonly publicUrl: string; readonly title: string },
): Asked {
  return { context, given, ...site, packages: () => listing(context, site.publicUrl) };
}

/** An action: its answer is CKAN's `result`; `help` is what help_show tells. */
export type Action = { readonly help: string; run(asked: Asked): Promise<unknown> };
