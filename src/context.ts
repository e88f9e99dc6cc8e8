// What a verb may use: the doors to machines, who acts, the clock. Handed down from the roof, never imported as a global.
import type { FastifyRequest } from 'fastify';
import type { Actor } from './model/permission.ts';
import type { Fetcher } from './stores/fetch/fetch.ts';
import type { FileStore } from './stores/files/files.ts';
import type { Metadata } from './stores/metadata/metadata.ts';
import type { TableEngine } from './stores/tables/engine.ts';

export type Context = {
  readonly db: Metadata;
  /** Answers queries: several small children, short time limit. */
  readonly tables: TableEngine;
  /** Writes versions: one large child, long time limit. */
  readonly ingest: TableEngine;
  readonly files: FileStore;
  /** Reads other people's servers, with the hosts that the operator allows; the public internet alone when absent. */
  readonly fetcher?: Fetcher;
  readonly actor: Actor;
  /** The organizations whose data shows, where an address shows but some; all of them when absent. */
  readonly shownOrganizations?: readonly string[];
  readonly now: () => Date;
  readonly log: Log;
};

/** How a room learns who asks, and what it may use for them. A refusal when a key or session does not stand. */
export type ContextOf = (request: FastifyRequest) => Context | Promise<Context>;

export type Log = {
  info(facts: Record<string, unknown>, sentence: string): void;
  warn(facts: Record<string, unknown>, sentence: string): void;
  error(facts: Record<string, unknown>, sentence: string): void;
};
