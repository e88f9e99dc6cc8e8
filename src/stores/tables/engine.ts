// The door to DuckDB: what the platform may ask of it. The engine runs in child processes that can be killed.

export type SqlValue = string | number | boolean | null;

/** Rows as JSON-ready values: integers and decimals as numbers, dates "YYYY-MM-DD", timestamps ISO 8601, structs and lists as such. */
export type Rows = {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
};

export type Statement = { readonly sql: string; readonly params?: readonly SqlValue[] };

export type RunOptions = {
  /** Seconds before the child is killed and replaced. */
  readonly timeoutSeconds?: number;
  /**
   * Cancels the statement: the child is killed if it does not stop at once. When absent, that of the request that is being
   * answered (lib/request-scope.ts).
   */
  readonly signal?: AbortSignal;
};

export type TableEngine = {
  /**
   * Runs statements one after the other on one connection and answers the rows of each.
   * SQL is written by the platform alone; every foreign value is a parameter.
   * @throws TerroirError engine.timeout, engine.memory, engine.answerTooLarge, engine.failed, disk.full, request.busy,
   *   request.left
   */
  run(statements: readonly Statement[], options?: RunOptions): Promise<readonly Rows[]>;
  /** Stops every child. */
  close(): Promise<void>;
};

export type EngineLimits = {
  /** How many children may run at once. */
  readonly children: number;
  readonly threadsPerChild: number;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** The only folders that the engine may read and write. */
  readonly folders: readonly string[];
  /** Where the engine may spill. */
  readonly temporaryFolder: string;
  /** How many may wait for a child; whoever comes then is told to come back. No bound when absent. */
  readonly waiting?: number;
  /** What the answer of one request may hold; no bound when absent. */
  readonly answer?: AnswerLimits;
};

export type AnswerLimits = { readonly rows: number; readonly megabytes: number };
