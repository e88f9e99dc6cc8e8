// Chance that repeats itself: the same seed gives the same draws on every machine.

export type Draws = {
  /** From 0 (included) to 1 (excluded). */
  next(): number;
  /** From the first number to the last, both included. */
  integer(first: number, last: number): number;
  pick<T>(choices: readonly T[]): T;
  /** Around 0, mostly between -2 and 2: for measures that gather around a mean. */
  bell(): number;
};

/** Draws from the mulberry32 generator (public domain, 32 bits: plenty for a demonstration). */
export function seededDraws(seed: number): Draws {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    integer: (first, last) => first + Math.floor(next() * (last - first + 1)),
    pick(choices) {
      const chosen = choices[Math.floor(next() * choices.length)];
      if (chosen === undefined) throw new Error('nothing to pick from');
      return chosen;
    },
    bell: () => (next() + next() + next() + next() - 2) * 1.7,
  };
}
