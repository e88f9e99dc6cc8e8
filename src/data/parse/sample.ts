// Keeps records spread over a whole file without knowing how long it is: the first ones, then every second, fourth, eighth …

export type SampleOf<T> = {
  /** Whether the record that comes now is kept. */
  wants(): boolean;
  /** Passes a record that is not kept. */
  skip(): void;
  /** Keeps a record. */
  add(record: T): void;
  all(): readonly T[];
};

const firstOnes = 500;
const mostSpread = 4500;

/** A sample of at most 5 000 records, in their order, the first 500 always among them. */
export function sampleOf<T>(): SampleOf<T> {
  const first: T[] = [];
  let spread: T[] = [];
  let [index, step] = [0, 1];
  return {
    wants: () => index < firstOnes || index % step === 0,
    skip: () => {
      index++;
    },
    add(record) {
      if (index++ < firstOnes) {
        first.push(record);
        return;
      }
      if (spread.length === mostSpread) {
        // Half of those kept so far are enough from now on.
        spread = spread.filter((_, place) => place % 2 === 0);
        step *= 2;
        if ((index - 1) % step !== 0) return;
      }
      spread.push(record);
    },
    all: () => [...first, ...spread],
  };
}
