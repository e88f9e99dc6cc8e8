// The words of the room of sources: a link that is read again by itself, and what came of each reading.
import type { Waiting } from '../intake/schemas.ts';

export const rhythms = ['daily', 'weekly', 'monthly'] as const;
export type SourceRhythm = (typeof rhythms)[number];

/** When a source is read, on the clock of Paris. */
export type Schedule = {
  readonly rhythm: SourceRhythm;
  readonly hour: number;
  /** 1 Monday to 7 Sunday: used by a weekly one. */
  readonly weekday: number;
  /** 1 to 28: used by a monthly one. */
  readonly monthDay: number;
};

export type SourceRequest = Schedule & {
  readonly url: string;
  /** Whether what comes is made public at once, when nothing stands against it. */
  readonly publish: boolean;
  /** The table wanted, in a file that holds several. */
  readonly table: string | null;
};

export type Source = SourceRequest & {
  readonly datasetId: string;
  readonly paused: boolean;
  /** Null while it is paused. */
  readonly nextAt: Date | null;
  /** Whether it is being read now. */
  readonly running: boolean;
  /** Readings that failed one after the other, and since when. */
  readonly failures: number;
  readonly failingSince: Date | null;
};

export type Run = {
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** held: a version came, and waits for a person. */
  readonly outcome: 'changed' | 'unchanged' | 'held' | 'failed';
  readonly version: number | null;
  /** A code of the error registry when it failed, what it waits for when it is held. */
  readonly code: string | null;
  readonly params: Readonly<Record<string, string | number>>;
};

export type RunResult = Pick<Run, 'outcome' | 'version' | 'code' | 'params'> & {
  readonly etag?: string | null;
  readonly lastModified?: string | null;
};

export type { Waiting };
