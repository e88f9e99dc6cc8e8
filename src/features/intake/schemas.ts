// The words of the room of arrivals, for the rooms that hand files to it.

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
