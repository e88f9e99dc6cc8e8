// The words of the room of arrivals, for the rooms that hand files to it, and what its API answers.
import { Type } from 'typebox';
import type { Problem } from '../../model/problem.ts';

/** By which door a file came in. */
export const origins = ['upload', 'paste', 'link', 'api'] as const;
export type Origin = (typeof origins)[number];

/** A file that is kept and known, into which nobody has looked yet. */
export type Arrival = {
  /** The deposit's id. */
  readonly deposit: string;
  /** The slug of the organization it came for. */
  readonly organization: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly origin: Origin;
};

/** A form with a file, read to its end. */
export type SavedForm = {
  readonly fields: ReadonlyMap<string, string>;
  /** Null when no file was chosen. */
  readonly file: { readonly path: string; readonly name: string } | null;
  /** Takes the file away: to be called once it was received, and when it was not. */
  done(): Promise<void>;
};

export type DeliveryRequest = {
  /** The dataset. */
  readonly id: string;
  /** The file, under the name that people will see. */
  readonly path: string;
  /** The table wanted, in a file that holds several; null takes the largest. */
  readonly table: string | null;
  readonly publish: boolean;
  readonly origin: Origin;
};

/** What keeps a version from being public: nobody asked for it, errors, persons, or another person's reading. */
export const waitings = ['publication', 'problems', 'personalData', 'secondReading'] as const;
export type Waiting = (typeof waitings)[number];

export type Delivery = {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  /** False when these bytes were there already. */
  readonly changed: boolean;
  readonly published: boolean;
  readonly waiting: Waiting | null;
  readonly rows: number;
  readonly columns: number;
  readonly file: { readonly name: string; readonly bytes: number; readonly sha256: string };
  readonly problems: readonly Problem[];
};

const counted = (description: string) => Type.Integer({ minimum: 0, description });

export const DeliverySchema = Type.Object({
  dataset: Type.String({ description: 'The dataset’s identifier' }),
  version: Type.Integer({ description: 'The number of the version that holds this file' }),
  changed: Type.Boolean({ description: 'false: these bytes were there already, no version was made' }),
  published: Type.Boolean({ description: 'Whether this version is the public one' }),
  waiting: Type.Union([...waitings.map((one) => Type.Literal(one)), Type.Null()], {
    description:
      'What keeps it from being public: publication (not asked for), problems (errors to correct), personalData (persons where the public version shows none), secondReading (another person approves)',
  }),
  message: Type.String({ description: 'The same for people, in the language that is asked for' }),
  url: Type.String({ description: 'The dataset’s page' }),
  rows: counted('Rows'),
  columns: counted('Columns'),
  file: Type.Object({
    name: Type.String(),
    bytes: counted('Size'),
    sha256: Type.String({ description: 'Of the file as it arrived' }),
  }),
  counts: Type.Object({
    error: counted('« À corriger »: not published before they are corrected'),
    warning: counted('« À vérifier »'),
    advice: counted('« Conseil »'),
  }),
  problems: Type.Array(
    Type.Object({
      code: Type.String(),
      severity: Type.String({ description: 'error, warning, advice' }),
      sheet: Type.Union([Type.String(), Type.Null()]),
      cell: Type.Union([Type.String(), Type.Null()], { description: 'As the spreadsheet shows it: F14' }),
      column: Type.Union([Type.String(), Type.Null()]),
      value: Type.Union([Type.String(), Type.Null()], { description: 'What was read' }),
      expected: Type.Union([Type.String(), Type.Null()]),
      proposal: Type.Union([Type.String(), Type.Null()]),
      count: Type.Integer({ description: 'How many cells are alike' }),
      message: Type.String({ description: 'The sentence, in the language that is asked for' }),
    }),
    { description: 'The first hundred, the most serious first' },
  ),
});

/** RFC 9457. */
export const RefusalSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String({ description: 'One of docs/reference/errors.md' }),
  detail: Type.String({ description: 'The sentence, in the language that is asked for' }),
});
