// What a request allows to whatever works for it, without being handed down: until when, and whether anybody still waits.
import { AsyncLocalStorage } from 'node:async_hooks';
import { TerroirError } from './errors.ts';

export type RequestScope = {
  /** Aborted when the client left. */
  readonly signal: AbortSignal;
  /** When the time of the whole request ends, as performance.now() counts. */
  readonly endsAt: number;
};

const scopes = new AsyncLocalStorage<RequestScope | null>();

/** The scope of the request that is being answered; null for commands, jobs, and what is done for all. */
export function requestScope(): RequestScope | null {
  return scopes.getStore() ?? null;
}

/** Works within a request. */
export function withinRequest<T>(scope: RequestScope, work: () => T): T {
  return scopes.run(scope, work);
}

/** Works for everybody: what one request begins and others wait for does not end when that one leaves. */
export function apart<T>(work: () => T): T {
  return scopes.run(null, work);
}

/** Work that several requests wait for: begun once, given up when all those who waited have left. */
export class SharedWork<T> {
  readonly #whole: Promise<T>;
  readonly #leaving = new AbortController();
  #waiting = 0;
  /** Somebody waits who never leaves: a job, a command. */
  #kept = false;

  constructor(work: () => Promise<T>) {
    const endsAt = requestScope()?.endsAt ?? Number.POSITIVE_INFINITY;
    this.#whole = scopes.run({ signal: this.#leaving.signal, endsAt }, work);
    // Everybody may be gone when it fails.
    this.#whole.catch(() => undefined);
  }

  /** Nobody waits any more: whoever comes now begins anew. */
  get givenUp(): boolean {
    return this.#leaving.signal.aborted;
  }

  /** Its end, or the refusal `request.left` as soon as the request that asks has left. */
  join(): Promise<T> {
    const scope = requestScope();
    if (scope === null) {
      this.#kept = true;
      return this.#whole;
    }
    const { signal } = scope;
    if (signal.aborted) return Promise.reject(signal.reason);
    this.#waiting++;
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        reject(signal.reason);
        this.#waiting--;
        if (this.#waiting === 0 && !this.#kept) this.#leaving.abort(new TerroirError('request.left'));
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#whole.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }
}
