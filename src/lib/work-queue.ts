// Heavy work in turn: a few at once, some who wait, and whoever finds no place is told when to come back.
import { TerroirError } from './errors.ts';
import { requestScope } from './request-scope.ts';

export type QueueBounds = { readonly atOnce: number; readonly waiting: number; readonly comeBackSeconds: number };

export class WorkQueue {
  readonly #bounds: QueueBounds;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(bounds: QueueBounds) {
    this.#bounds = bounds;
  }

  /**
   * Works when it is its turn, first come first served.
   * @throws TerroirError request.busy when the waiting room is full, request.left when its client left before its turn
   */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#bounds.atOnce) await this.#turn();
    else this.#running++;
    try {
      return await work();
    } finally {
      // The place is handed on, not given back: nobody slips in between.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }

  #turn(): Promise<void> {
    if (this.#waiting.length >= this.#bounds.waiting)
      return Promise.reject(new TerroirError('request.busy', { seconds: this.#bounds.comeBackSeconds }));
    const signal = requestScope()?.signal;
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        const place = this.#waiting.indexOf(enter);
        if (place !== -1) this.#waiting.splice(place, 1);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(enter);
    });
  }
}
