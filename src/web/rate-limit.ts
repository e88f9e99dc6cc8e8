// How many requests one client may make in a minute: counted in memory, told in headers, refused beyond.
import { BlockList, isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { TerroirError } from '../lib/errors.ts';

const windowSeconds = 60;
/** Clients remembered at once: about 10 MB; the ones seen longest ago are forgotten first. */
const mostClients = 50_000;

export type Count = {
  /** Requests left in this minute, at least 0. */
  readonly left: number;
  /** Seconds until the next one. */
  readonly resetsIn: number;
  readonly refused: boolean;
};

/** Counts requests per client, a minute at a time from its first one. */
export class RequestCounter {
  readonly #limit: number;
  readonly #clients = new Map<string, { count: number; readonly endsAt: number }>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#clients.size;
  }

  /** @param now milliseconds */
  count(client: string, now: number): Count {
    let entry = this.#clients.get(client);
    if (entry === undefined || entry.endsAt <= now) {
      entry = { count: 0, endsAt: now + windowSeconds * 1000 };
      // Put last: a Map keeps the order of insertion, so that the oldest windows come first.
      this.#clients.delete(client);
      this.#clients.set(client, entry);
      this.#forgetOld(now);
    }
    entry.count++;
    return {
      left: Math.max(0, this.#limit - entry.count),
      resetsIn: Math.max(1, Math.ceil((entry.endsAt - now) / 1000)),
      refused: entry.count > this.#limit,
    };
  }

  #forgetOld(now: number): void {
    for (const [client, { endsAt }] of this.#clients) {
      if (endsAt > now && this.#clients.size <= mostClients) return;
      this.#clients.delete(client);
    }
  }
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** Who is counted together: an IPv4 address, or the /64 that one IPv6 subscriber has. Null on this machine: never counted. */
export function clientOf(ip: string): string | null {
  const plain = ip.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIP(plain) === 4) return loopback.check(plain) ? null : plain;
  if (isIP(plain) !== 6) return plain;
  if (loopback.check(plain, 'ipv6')) return null;
  return `${groupsOf(plain).slice(0, 4).join(':')}::/64`;
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groupsOf(ip: string): readonly string[] {
  const [head = '', tail] = ip.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : new Array(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after].map((group) => group.replace(/^0+(?=.)/, ''));
}

/** What costs nothing is not counted: files of our own pages, the sign of life. */
const free = /^\/(?:assets\/|health(?:[?]|$))/;

/**
 * Counts, and tells in the IETF's headers (draft-ietf-httpapi-ratelimit-headers) and in those that Opendatasoft sends.
 * Comes before anybody is identified, so that a flood costs no look-up.
 * @param limit requests a minute; null for no limit
 */
export function limitRate(server: FastifyInstance, limit: number | null, now: () => number = Date.now): void {
  if (limit === null) return;
  const counter = new RequestCounter(limit);
  server.addHook('onRequest', async (request, reply) => {
    const client = free.test(request.url) ? null : clientOf(request.ip);
    if (client === null) return;
    const at = now();
    const { left, resetsIn, refused } = counter.count(client, at);
    const resetsAt = new Date(at + resetsIn * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
    reply.headers({
      'ratelimit-policy': `"client";q=${limit};w=${windowSeconds}`,
      ratelimit: `"client";r=${left};t=${resetsIn}`,
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(left),
      'x-ratelimit-reset': resetsAt,
    });
    if (refused) throw new TerroirError('request.tooMany', { seconds: resetsIn, limit, resetsAt });
  });
}
