// The shell of the portal: one Fastify server with its guards, its languages and its two endings, empty of domain.
import { type IncomingHttpHeaders, STATUS_CODES } from 'node:http';
import compress from '@fastify/compress';
import etag from '@fastify/etag';
import multipart from '@fastify/multipart';
import staticFiles from '@fastify/static';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { render } from 'preact-render-to-string';
import { errorRegistry } from '../lib/error-registry.ts';
import { TerroirError } from '../lib/errors.ts';
import type { Language } from '../model/language.ts';
import { operationsOf, withAnswers } from './api-operations.ts';
import { ApiPage } from './api-page.tsx';
import { openAssets } from './assets.ts';
import { boundRequests } from './budget.ts';
import { ErrorPage, problemJson, refusalOf } from './errors.tsx';
import { mustComeFromHere } from './foreign.ts';
import { chooseLanguage, type Voice, voices } from './language.ts';
import type { Look, PageAnswer, PageContext, Site, SiteMark } from './page.ts';
import { limitRate } from './rate-limit.ts';
import { limitSlowBodies } from './slow-bodies.ts';
import { urls, withQuery } from './urls.ts';
import { someone, type Visitor } from './visitor.ts';

type Log = { error(facts: Record<string, unknown>, sentence: string): void };

export type ShellOptions = {
  readonly publicUrl: string;
  readonly log: Log;
  /** What the header says of the territory; asked at each page, so that it follows a change. */
  site(): Promise<{ readonly name: string | null; readonly demo: boolean; readonly mark?: SiteMark | null }>;
  /** Who asks, by their cookie or their key; everybody is anyone where this is not told. */
  identify?(headers: IncomingHttpHeaders): Promise<Visitor>;
  /** The reverse proxies whose word on the visitor's address is taken. */
  readonly trustedProxies?: readonly string[];
  /** Requests that one client may make in a minute; no limit when null or absent. */
  readonly rateLimit?: number | null;
  /** Values that fill the `{names}` of the API's addresses in its page: something published, so that examples answer. */
  examples?(): Promise<Readonly<Record<string, string>>>;
};

declare module 'fastify' {
  interface FastifyRequest {
    voice: Voice;
    /** Who asks. */
    visitor: Visitor;
    /** Whose face the request sees, told by its Host header; the portal's own when null. */
    look: Look | null;
    /** Whether the address ends with .json: the same page as data. */
    asData: boolean;
  }
  interface FastifyReply {
    sendPage(answer: PageAnswer): Promise<FastifyReply>;
  }
}

const dataMark = 'x-terroir-data';

/** Builds the shell; rooms are registered on it, then it listens. */
export async function buildServer(options: ShellOptions): Promise<FastifyInstance> {
  const assets = openAssets();
  const server = Fastify({
    logger: false,
    bodyLimit: 64 * 1024,
    // Each body has its own time (slow-bodies.ts); headers keep Node's minute.
    requestTimeout: 0,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
    rewriteUrl: (request) => withoutEnding(request),
    ...(options.trustedProxies?.length && { trustProxy: [...options.trustedProxies] }),
  });
  server.decorateRequest('asData', false);
  server.decorateRequest('look', null);
  server.decorateRequest('voice');
  server.decorateRequest('visitor');
  server.decorateReply('sendPage', async function (this: FastifyReply, answer: PageAnswer) {
    return sendPage(this.request, this, answer, await siteOf(this.request));
  });
  boundRequests(server);
  server.addHook('onRequest', async (request, reply) => {
    request.asData = request.headers[dataMark] === '1';
    request.visitor = someone;
    request.voice = voices[languageOf(request)];
    guard(request, reply);
  });
  // Before anybody is looked up: a flood costs no question to the database.
  limitRate(server, options.rateLimit ?? null);
  server.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/assets/')) request.visitor = (await options.identify?.(request.headers)) ?? someone;
    request.voice = voices[languageOf(request)];
    rememberLanguage(request, reply);
    mustComeFromHere(request, options.publicUrl);
  });
  limitSlowBodies(server);
  // What somebody is shown because of who they are is kept by nobody on the way.
  server.addHook('onSend', async (request, reply) => {
    if (request.visitor.actor.kind === 'anyone') return;
    reply.header('cache-control', 'private, no-store').header('vary', 'accept-language, cookie, authorization');
  });
  server.setErrorHandler(async (error, request, reply) => refuse(refusalOf(error, options.log), request, reply));
  server.setNotFoundHandler(async (request, reply) => refuse(new TerroirError('page.unknown'), request, reply));
  // In this order: a tag is made of the text, before it is compressed; weak, because it names both.
  await server.register(etag, { weak: true });
  await server.register(compress, { global: true, threshold: 1024 });
  // Read where a room asks for it, streamed; elsewhere such a form is not read at all.
  await server.register(multipart);
  await server.register(staticFiles, {
    root: assets.folder,
    prefix: '/assets/',
    immutable: assets.hashed,
    maxAge: assets.hashed ? '365d' : 0,
    index: false,
  });
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Terroir', version: '1.0.0', license: { name: 'EUPL-1.2' } },
      servers: [{ url: options.publicUrl }],
    },
  });
  server.get('/health', { schema: { hide: true } }, async () => ({ status: 'ok' }));
  server.get(urls.openapi(), { schema: { hide: true } }, async () => server.swagger());
  server.get(urls.api(), { schema: { hide: true } }, async (_request, reply) => {
    const described = operationsOf(server.swagger());
    const operations = await withAnswers(described, (await options.examples?.()) ?? {}, (url) => ask(url));
    return reply.sendPage({ data: described, page: (context) => ApiPage({ context, operations }) });
  });
  return server;

  /** The answer of one of our own addresses, as a program gets it. */
  async function ask(url: string): Promise<{ readonly status: number; readonly body: string }> {
    const answer = await server.inject({ url, headers: { 'accept-encoding': 'identity' } });
    return { status: answer.statusCode, body: answer.body };
  }

  async function siteOf(request: FastifyRequest): Promise<Site> {
    const { name, demo, mark = null } = await options.site();
    return {
      name: request.look?.whiteLabel?.name ?? name ?? voices.fr.say('shell.unnamed'),
      demo,
      mark,
      look: request.look,
      publicUrl: options.publicUrl,
      assetUrl: (logical) => urls.asset(assets.nameOf(logical)),
    };
  }

  async function refuse(refusal: TerroirError, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { status } = errorRegistry[refusal.code];
    reply.code(status).header('cache-control', 'no-store');
    const wantsPage =
      !request.asData &&
      !request.url.startsWith('/api/') &&
      request.headers.accept?.includes('application/json') !== true;
    if (!wantsPage)
      return reply.type('application/problem+json').send({
        ...problemJson(refusal, request.voice.lang),
        title: STATUS_CODES[status],
        detail: problemJson(refusal, request.voice.lang).title,
      });
    // Whoever is not known yet is asked who they are, then comes back.
    const unknown = refusal.code === 'session.needed' || refusal.code === 'permission.denied';
    if (options.identify && unknown && request.visitor.actor.kind === 'anyone' && request.method === 'GET')
      return reply.redirect(withQuery(urls.signIn(), { next: request.url }), 303);
    const site = await siteOf(request).catch(() => ({
      name: voices.fr.say('shell.unnamed'),
      demo: false,
      publicUrl: options.publicUrl,
      assetUrl: (logical: string) => urls.asset(assets.nameOf(logical)),
    }));
    return sendHtml(request, reply, site, (context) => ErrorPage({ context, refusal }));
  }
}

/** `/communes.json` is `/communes` as data; the API keeps its own endings. */
function withoutEnding(request: { url?: string | undefined; headers: NodeJS.Dict<string | string[]> }): string {
  const url = request.url ?? '/';
  delete request.headers[dataMark];
  const [path = '/', query] = url.split('?', 2);
  if (!path.endsWith('.json') || path.startsWith('/api/') || path.startsWith('/assets/')) return url;
  request.headers[dataMark] = '1';
  const page = path === '/index.json' ? '/' : path.slice(0, -'.json'.length);
  return query === undefined ? page : `${page}?${query}`;
}

/** The address says it, else the choice that is remembered, else the person's own, else what the browser asks for. */
function languageOf(request: FastifyRequest): Language {
  const { asked, remembered } = languageChoices(request);
  const own = request.visitor.person?.language ?? null;
  return chooseLanguage(asked ?? remembered ?? own, request.headers['accept-language']);
}

/** A choice made by the page's own link is remembered: the cookie holds nothing but "fr" or "en", and only after that choice. */
function rememberLanguage(request: FastifyRequest, reply: FastifyReply): void {
  const { asked, remembered } = languageChoices(request);
  const { lang } = request.voice;
  if (asked === lang && asked !== remembered && !request.asData && !request.url.startsWith('/api/'))
    reply.header('set-cookie', `lang=${lang}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`);
}

function languageChoices({ query, headers }: FastifyRequest) {
  const { lang } = query as { readonly lang?: unknown };
  return {
    asked: typeof lang === 'string' ? lang : null,
    remembered: /(?:^|;\s*)lang=(fr|en)(?:;|$)/.exec(headers.cookie ?? '')?.[1] ?? null,
  };
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

function guard(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('content-security-policy', policy);
  reply.header('x-content-type-options', 'nosniff');
  reply.header('referrer-policy', 'strict-origin-when-cross-origin');
  reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=()');
  // Open data is open to any page's script too, and so are the elements that show it.
  if (request.asData || /^\/(api|assets)\//.test(request.url) || /\/original$/.test(request.url.split('?')[0] ?? ''))
    reply.header('access-control-allow-origin', '*');
}

async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: PageAnswer,
  site: Site,
): Promise<FastifyReply> {
  reply.header('cache-control', 'no-cache');
  if (request.asData) return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer.data));
  return sendHtml(request, reply, site, answer.page);
}

function sendHtml(request: FastifyRequest, reply: FastifyReply, site: Site, page: PageAnswer['page']): FastifyReply {
  const [path = '/', query = ''] = request.url.split('?', 2);
  const context: PageContext = {
    voice: request.voice,
    site,
    visitor: request.visitor.person,
    path: path.length > 1 ? path.replace(/\/$/, '') : path,
    query,
  };
  reply.header('vary', 'accept-language, cookie').header('content-language', context.voice.lang);
  return reply.type('text/html; charset=utf-8').send(`<!doctype html>${render(page(context))}`);
}
