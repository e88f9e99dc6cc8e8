// The door to other people's servers: addresses are checked before every connection, size, time and redirects are limited.
import { lookup as resolveName } from 'node:dns/promises';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { PassThrough, type Readable, Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TerroirError } from '../../lib/errors.ts';
import { isPublicAddress } from './addresses.ts';

export type FetchOptions = {
  /** Bytes after which the answer is refused. */
  readonly maxBytes?: number;
  /** Seconds for the whole exchange, redirects included. */
  readonly timeoutSeconds?: number;
  readonly maxRedirects?: number;
  readonly accept?: string;
  /** What was kept from the last time: the server may answer that nothing has changed. */
  readonly etag?: string | null;
  readonly lastModified?: string | null;
  /** A file to write the answer into; without it the answer is given in memory. */
  readonly saveTo?: string;
};

export type Fetched = {
  /** The address that answered, after redirects. */
  readonly url: string;
  /** Whether the server says that nothing changed since `etag` or `lastModified`; there are no bytes then. */
  readonly notModified: boolean;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly contentType: string | null;
  /** The name that the server gives to the file, else the last part of its address. */
  readonly fileName: string;
  readonly bytes: number;
  /** The answer, empty when it was saved to a file. */
  readonly body: Buffer;
};

export type Fetcher = {
  /**
   * Reads an address of the public internet.
   * @throws TerroirError fetch.refused, fetch.failed, fetch.status, fetch.tooLarge, fetch.timeout, disk.full
   */
  get(url: string, options?: FetchOptions): Promise<Fetched>;
};

export type FetcherSettings = {
  /** Hosts ("sig.mairie.local", "127.0.0.1:8080") that may be read although they are on a private network. */
  readonly allowedHosts?: readonly string[];
  readonly userAgent?: string;
  /** Answers the addresses of a name; the system's own resolver when absent. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
};

const usual = { maxBytes: 50 * 1024 * 1024, timeoutSeconds: 30, maxRedirects: 5 };

export function openFetcher(settings: FetcherSettings = {}): Fetcher {
  const resolve = settings.resolve ?? systemResolve;
  const allowed = new Set(settings.allowedHosts ?? []);
  const agent = settings.userAgent ?? 'Terroir (open data platform)';
  return {
    async get(first, options = {}) {
      const limits = { ...usual, ...withoutUndefined(options) };
      const clock = AbortSignal.timeout(limits.timeoutSeconds * 1000);
      const late = () => new TerroirError('fetch.timeout', { url: shown(first), seconds: limits.timeoutSeconds });
      try {
        let url = readUrl(first);
        for (let hop = 0; ; hop++) {
          const addresses = await addressesOf(url, { resolve, allowed });
          const answer = await ask(url, addresses, headersOf(limits, agent), clock);
          const next = redirection(answer, url);
          if (next === null) return await take(answer, url, limits, clock);
          answer.resume();
          answer.destroy();
          if (hop >= limits.maxRedirects)
            throw new TerroirError('fetch.refused', {
              url: shown(first),
              reason: `> ${limits.maxRedirects} redirections`,
            });
          url = next;
        }
      } catch (error) {
        if (error instanceof TerroirError) throw error;
        if (clock.aborted) throw late();
        throw failed(first, error);
      }
    },
  };
}

/** @throws TerroirError fetch.refused when it is no address that may be read */
function readUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new TerroirError('fetch.refused', { url: shown(text), reason: 'http:// | https://' });
  // A name and a password in an address end up in logs and pages.
  if (url.username !== '' || url.password !== '')
    throw new TerroirError('fetch.refused', { url: shown(text), reason: 'user:password@' });
  return url;
}

/** The addresses to connect to: they are judged and used, so that a name cannot answer something else in between. */
async function addressesOf(
  url: URL,
  { resolve, allowed }: { resolve: (host: string) => Promise<readonly string[]>; allowed: ReadonlySet<string> },
): Promise<readonly string[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) === 0 ? await resolve(host) : [host];
  if (addresses.length === 0) throw new TerroirError('fetch.failed', { url: shown(url.href), reason: 'ENOTFOUND' });
  if (allowed.has(host) || allowed.has(url.host)) return addresses;
  // One private address among public ones is a trick: none is used.
  if (!addresses.every(isPublicAddress))
    throw new TerroirError('fetch.refused', { url: shown(url.href), reason: addresses.join(', ') });
  return addresses;
}

async function systemResolve(host: string): Promise<readonly string[]> {
  const found = await resolveName(host, { all: true, verbatim: true });
  return found.map(({ address }) => address);
}

function headersOf(options: FetchOptions, agent: string): Record<string, string> {
  return {
    'user-agent': agent,
    accept: options.accept ?? '*/*',
    'accept-encoding': 'identity',
    ...(options.etag && { 'if-none-match': options.etag }),
    ...(options.lastModified && { 'if-modified-since': options.lastModified }),
  };
}

function ask(
  url: URL,
  addresses: readonly string[],
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const pinned = addresses.map((address) => ({ address, family: isIP(address) }));
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        headers,
        signal,
        agent: false,
        lookup: (_host, options, done) => {
          const [one] = pinned;
          if (options.all === true) done(null, pinned);
          else done(null, one?.address ?? '', one?.family ?? 4);
        },
      },
      resolve,
    );
    sent.on('error', reject);
    sent.end();
  });
}

function redirection(answer: IncomingMessage, from: URL): URL | null {
  const status = answer.statusCode ?? 0;
  const { location } = answer.headers;
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return null;
  const next = readUrl(location, from);
  // What was asked privately is not told on the open road.
  if (from.protocol === 'https:' && next.protocol === 'http:')
    throw new TerroirError('fetch.refused', { url: shown(next.href), reason: 'https → http' });
  return next;
}

async function take(
  answer: IncomingMessage,
  url: URL,
  options: FetchOptions & { maxBytes: number },
  signal: AbortSignal,
): Promise<Fetched> {
  const status = answer.statusCode ?? 0;
  const facts = {
    url: url.href,
    etag: answer.headers.etag ?? null,
    lastModified: answer.headers['last-modified'] ?? null,
    contentType: answer.headers['content-type'] ?? null,
    fileName: fileNameOf(answer.headers['content-disposition'], url),
  };
  if (status === 304) {
    answer.resume();
    return { ...facts, notModified: true, bytes: 0, body: Buffer.alloc(0) };
  }
  const tooLarge = () => new TerroirError('fetch.tooLarge', { url: shown(url.href), max: options.maxBytes });
  if (status < 200 || status > 299 || Number(answer.headers['content-length'] ?? 0) > options.maxBytes) {
    answer.destroy();
    throw status < 200 || status > 299
      ? new TerroirError('fetch.status', { url: shown(url.href), status })
      : tooLarge();
  }
  let bytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > options.maxBytes) done(tooLarge());
      else done(null, chunk);
    },
  });
  if (options.saveTo === undefined) {
    const chunks: Buffer[] = [];
    const kept = new PassThrough();
    kept.on('data', (chunk: Buffer) => chunks.push(chunk));
    await receive(answer, limit, kept, signal);
    return { ...facts, notModified: false, bytes, body: Buffer.concat(chunks) };
  }
  try {
    await receive(answer, limit, createWriteStream(options.saveTo), signal);
  } catch (error) {
    await rm(options.saveTo, { force: true });
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw new TerroirError('disk.full');
    throw error;
  }
  return { ...facts, notModified: false, bytes, body: Buffer.alloc(0) };
}

async function receive(from: Readable, limit: Transform, to: Writable, signal: AbortSignal): Promise<void> {
  await pipeline(from, limit, to, { signal });
}

/** A name without folders: what a server says is never a path of ours. */
function fileNameOf(disposition: string | undefined, url: URL): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1];
  const last = url.pathname.split('/').at(-1) ?? '';
  const name =
    decode(encoded ?? plain ?? last)
      .split(/[/\\]/)
      .at(-1) ?? '';
  return (
    name
      .replace(/\p{Cc}/gu, '')
      .replace(/^\.+/, '')
      .slice(0, 200) || 'fichier'
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An address in a sentence: without what may be secret in it. */
function shown(url: string): string {
  const read = URL.parse(url);
  return read === null ? url.slice(0, 200) : `${read.protocol}//${read.host}${read.pathname}`.slice(0, 200);
}

function failed(url: string, error: unknown): TerroirError {
  const reason = error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error);
  return new TerroirError('fetch.failed', { url: shown(url), reason }, { cause: error });
}

function withoutUndefined(options: FetchOptions): FetchOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
