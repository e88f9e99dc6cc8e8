// What our own API answers.
import { Type } from 'typebox';

type Row = Readonly<Record<string, unknown>>;

export type RecordsPage = {
  readonly dataset: string;
  readonly version: number;
  readonly total: number;
  readonly records: readonly Row[];
  /** From the root of the portal; null at the end. */
  readonly next: string | null;
};

export type AggregatesAnswer = {
  readonly dataset: string;
  readonly version: number;
  readonly results: readonly Row[];
  readonly next: string | null;
};

export type DatasetEntry = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly organization: { readonly slug: string; readonly name: string };
  readonly licence: string;
  readonly theme: string | null;
  readonly keywords: readonly string[];
  readonly rows: number | null;
  readonly places: boolean;
  readonly modifiedAt: string;
  readonly url: string;
};

export type DatasetList = {
  readonly total: number;
  readonly datasets: readonly DatasetEntry[];
  readonly next: string | null;
};

/** A version's citation: for people, and for programs that keep bibliographies. */
export type Citation = {
  readonly text: string;
  readonly title: string;
  readonly publisher: string;
  readonly dataset: string;
  readonly version: number;
  readonly publishedAt: string;
  readonly licence: { readonly id: string; readonly title: string; readonly url: string | null };
  /** The address of this very state of the data, for ever. */
  readonly permanentLink: string;
  readonly data: string;
  /** Of the file as it was deposited. */
  readonly sha256: string;
};

const Open = { additionalProperties: true } as const;
const Next = Type.Union([Type.String(), Type.Null()], { description: 'The address of the next page; null at the end' });
const Described = {
  dataset: Type.String({ description: 'The dataset’s identifier' }),
  version: Type.Integer({ description: 'The number of the version that answers' }),
};

export const ProblemSchema = Type.Object(
  {
    code: Type.String({ description: 'A code of the register of errors' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'What is wrong, in French or English' }),
  },
  Open,
);

export const RecordsPageSchema = Type.Object(
  {
    ...Described,
    total: Type.Integer({ description: 'How many records the filters keep' }),
    records: Type.Array(Type.Object({}, { ...Open, description: 'A value per column' })),
    next: Next,
  },
  Open,
);

export const AggregatesSchema = Type.Object(
  { ...Described, results: Type.Array(Type.Object({}, { ...Open, description: 'A group' })), next: Next },
  Open,
);

export const DatasetListSchema = Type.Object(
  {
    total: Type.Integer(),
    datasets: Type.Array(Type.Object({ id: Type.String(), title: Type.String() }, Open)),
    next: Next,
  },
  Open,
);

export const DatasetSchema = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    version: Type.Integer(),
    rows: Type.Integer(),
    columns: Type.Array(Type.Object({ name: Type.String(), type: Type.String() }, Open)),
  },
  Open,
);

export const CitationSchema = Type.Object(
  { text: Type.String(), permanentLink: Type.String(), version: Type.Integer(), sha256: Type.String() },
  Open,
);
