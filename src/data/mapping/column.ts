// A column of a producer's file as the mapping looks at it.

export type Column = {
  /** Its title, as the file has it. */
  readonly title: string;
  /** Some of its different values, none of them empty. */
  readonly values: readonly string[];
  /** How many different values were seen. */
  readonly distinct: number;
};
