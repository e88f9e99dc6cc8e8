// What the platform and its DuckDB children say to each other.
import type { EngineLimits, Rows, Statement } from './engine.ts';

export type ToChild =
  | { readonly kind: 'open'; readonly limits: EngineLimits; readonly spillFolder: string }
  | { readonly kind: 'run'; readonly id: number; readonly statements: readonly Statement[] }
  | { readonly kind: 'interrupt'; readonly id: number };

export type FromChild =
  | { readonly kind: 'ready' }
  /** The request arrived: from here on, a death is its own. */
  | { readonly kind: 'begun'; readonly id: number }
  /** Sent while a request runs: the memory that the whole child takes, in bytes. */
  | { readonly kind: 'weight'; readonly bytes: number }
  | { readonly kind: 'done'; readonly id: number; readonly results: readonly Rows[] }
  | { readonly kind: 'failed'; readonly id: number | null; readonly reason: string };
