// Counting where widgets are seen: in memory by key, day and host, written down every few seconds; and what an undeclared site gets.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { escapeHtml } from './html.ts';
import { hostOf, isDeclared } from './rules.ts';
import { type Counted, hostsOfKey, keepUses, parisDay } from './service.ts';

export type CountingOptions = {
  /** The operator's: what is counted is nobody's. */
  readonly context: Context;
  readonly publicUrl: string;
};

const keyPattern = /^w[0-9a-f]{18}$/;
const flushMilliseconds = 5000;
const mostWaiting = 10_000;
/** How long what a key declares is remembered: a host that was just declared works soon. */
const memoryMilliseconds = 5000;
const mostRemembered = 1000;

/**
 * Follows requests that carry `?widget=KEY`, whatever room answers them. Kept: key, day, host. Never kept: who asks.
 * A page of another site that puts a widget into a frame under a key that is unknown, or not made for that site, gets a
 * sentence and a link in its place.
 */
export function followWidgets(server: FastifyInstance, { context, publicUrl }: CountingOptions): void {
  const own = URL.parse(publicUrl)?.hostname ?? '';
  const waiting = new Map<string, Counted>();
  const remembered = new Map<string, { readonly hosts: readonly string[] | null; readonly until: number }>();

  const declared = async (key: string): Promise<readonly string[] | null> => {
    if (!keyPattern.test(key)) return null;
    const known = remembered.get(key);
    if (known !== undefined && known.until > Date.now()) return known.hosts;
    const hosts = await hostsOfKey(context, key);
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(key, { hosts, until: Date.now() + memoryMilliseconds });
    return hosts;
  };
  const isOwn = (host: string, request: FastifyRequest) => host === own || host === request.hostname;

  server.addHook('preHandler', async (request, reply) => {
    const key = keyOf(request);
    if (key === null || !/^\/embed\/|^\/datasets\/[^/?]+\/embed\b/.test(request.url)) return;
    if (request.headers['sec-fetch-dest'] !== 'iframe') return;
    const host = hostOf(request.headers);
    // Our own pages preview what they like.
    if (isOwn(host, request)) return;
    const hosts = await declared(key);
    if (hosts !== null && (host === '' || isDeclared(hosts, host))) return;
    const { voice } = request;
    const sentence =
      hosts === null ? voice.say('studio.frame.unknown') : voice.say('studio.frame.undeclared', { host });
    const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *";
    reply.header('content-security-policy', policy).header('cache-control', 'no-store');
    count(key, host);
    return reply
      .code(hosts === null ? 404 : 403)
      .type('text/html; charset=utf-8')
      .send(refusalPage(voice.lang, sentence, voice.say('studio.frame.see'), publicUrl));
  });

  const count = (key: string, host: string) => {
    const day = parisDay(context.now());
    const name = `${key} ${day} ${host}`;
    const before = waiting.get(name);
    if (before === undefined && waiting.size >= mostWaiting) return;
    waiting.set(name, { key, day, host, uses: (before?.uses ?? 0) + 1 });
  };
  server.addHook('onResponse', async (request, reply) => {
    const key = keyOf(request);
    if (key === null || !keyPattern.test(key) || reply.statusCode >= 400) return;
    const host = hostOf(request.headers);
    if (isOwn(host, request)) return;
    count(key, host);
  });

  let running = Promise.resolve();
  const flush = () => {
    const counted = [...waiting.values()];
    waiting.clear();
    if (counted.length === 0) return;
    running = running
      .then(() => keepUses(context, counted))
      .catch((error: unknown) => context.log.warn({ error: String(error) }, 'uses of widgets could not be kept'));
  };
  const timer = setInterval(flush, flushMilliseconds);
  timer.unref();
  server.addHook('onClose', async () => {
    clearInterval(timer);
    flush();
    await running;
  });
}

function keyOf({ query }: FastifyRequest): string | null {
  const { widget } = (query ?? {}) as { readonly widget?: unknown };
  return typeof widget === 'string' && widget !== '' ? widget : null;
}

function refusalPage(lang: string, sentence: string, link: string, portal: string): string {
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(sentence)}</title><style>body{font:1rem/1.5 system-ui,sans-serif;margin:1rem;color-scheme:light dark}</style></head><body><p>${escapeHtml(sentence)}</p><p><a href="${escapeHtml(portal)}" target="_top">${escapeHtml(link)}</a></p></body></html>`;
}
