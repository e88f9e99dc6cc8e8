// What a list needs of a dataset; the catalogue's summaries have it.

export type DemoMark = { readonly demo: boolean };

export type ListedDataset = DemoMark & {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly organization: { readonly slug: string; readonly name: string };
  readonly rows: number | null;
  readonly format: string | null;
  readonly modifiedAt: Date;
};
