// What another site sends in the reader's name is not followed.
import type { FastifyRequest } from 'fastify';
import { TerroirError } from '../lib/errors.ts';

const safe: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * A request that writes comes from our own pages, or from a program, which sends no cookie that a browser kept. Browsers
 * say where a request comes from (Fetch Metadata, else Origin, RFC 6454); the session's cookie is SameSite=Lax besides.
 * The API is open to every page's script, as long as no session answers for it.
 * @throws TerroirError request.foreign
 */
export function mustComeFromHere(request: FastifyRequest, publicUrl: string): void {
  if (/^\/mcp\/?(?:$|\?)/.test(request.url)) {
    mustBeOurOrigin(request, publicUrl);
    return;
  }
  if (safe.includes(request.method)) return;
  const open = request.url.startsWith('/api/') && !request.url.startsWith('/api/auth/');
  if (open && request.visitor.person === null) return;
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  if (typeof site === 'string') {
    if (site === 'same-origin' || site === 'none') return;
    throw new TerroirError('request.foreign');
  }
  if (origin === undefined || origin === publicUrl || URL.parse(origin)?.host === host) return;
  throw new TerroirError('request.foreign');
}

/**
 * What the Model Context Protocol asks of a server: a page that made its name point to this machine (DNS rebinding) has the
 * Host it wants, but an Origin of its own. Programs send none; whoever comes is anyone there, whatever their cookie.
 */
function mustBeOurOrigin({ headers }: FastifyRequest, publicUrl: string): void {
  if (headers.origin !== undefined && headers.origin !== publicUrl) throw new TerroirError('request.foreign');
}
