// The words of what happens to versions after they exist: purges after a privacy incident, second readings.

/** A file that a purge destroys. */
export type DestroyedFile = {
  /** The number of its version. */
  readonly version: number;
  readonly what: 'original' | 'data' | 'search' | 'setAside' | 'other';
  readonly sha256: string;
  readonly bytes: number;
};

/** An original that stays, because another dataset needs it. */
export type KeptOriginal = {
  readonly version: number;
  readonly sha256: string;
  /** The datasets that have it. */
  readonly usedBy: readonly string[];
};

/** What stays of destroyed versions, for ever: who, when, why, what. */
export type Purge = {
  readonly id: string;
  readonly dataset: string;
  readonly versions: readonly number[];
  readonly reason: string;
  /** As actorName says. */
  readonly actor: string;
  readonly at: Date;
  readonly destroyed: readonly DestroyedFile[];
  readonly kept: readonly KeptOriginal[];
  /** Null as long as some file may still be there. */
  readonly finishedAt: Date | null;
};

export type ReadingState = 'waiting' | 'approved' | 'returned';

/** A version that a second person reads before it is published. */
export type SecondReading = {
  readonly dataset: string;
  readonly version: number;
  readonly state: ReadingState;
  /** As actorName says. */
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** Why it was returned. */
  readonly reason: string | null;
};
