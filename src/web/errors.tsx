// One refusal, two faces: a page that explains, or problem+json for programs, both made of the same value.
import { randomBytes } from 'node:crypto';
import { type ErrorCode, errorRegistry } from '../lib/error-registry.ts';
import { errorSentence, TerroirError } from '../lib/errors.ts';
import type { MessageKey } from './language.ts';
import { Layout } from './layout.tsx';
import type { PageContext } from './page.ts';
import { urls } from './urls.ts';

type Log = { error(facts: Record<string, unknown>, sentence: string): void };

/** Makes a refusal of whatever was thrown; the unforeseen is logged under a reference that the reader is given. */
export function refusalOf(error: unknown, log: Log): TerroirError {
  if (error instanceof TerroirError) return error;
  if (isBadRequest(error)) return new TerroirError('query.malformed', { reason: error.message });
  const reference = randomBytes(4).toString('hex');
  log.error(
    { reference, error: error instanceof Error ? (error.stack ?? error.message) : String(error) },
    'unforeseen error',
  );
  return new TerroirError('request.unexpected', { reference });
}

/** What Fastify refuses before any room is asked: a body too large, a malformed parameter. */
function isBadRequest(error: unknown): error is Error {
  return (
    error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' && error.statusCode < 500
  );
}

/** RFC 9457. */
export function problemJson(refusal: TerroirError, lang: 'fr' | 'en') {
  const { status } = errorRegistry[refusal.code];
  return { type: `about:blank#${refusal.code}`, title: errorSentence(refusal, lang), status, code: refusal.code };
}

export function ErrorPage({ context, refusal }: { context: PageContext; refusal: TerroirError }) {
  const { voice } = context;
  const { status } = errorRegistry[refusal.code];
  const title = voice.say(titleOf(refusal.code, status));
  return (
    <Layout context={context} title={title} twin={false}>
      <div class="narrow">
        <h1>{title}</h1>
        <p class="lead">{voice.typeset(errorSentence(refusal, voice.lang))}</p>
        {refusal.code === 'link.invalid' && (
          <p>
            <a href={urls.signIn()}>{voice.say('error.link.another')}</a>
          </p>
        )}
        {status === 404 && (
          <form action={urls.catalog()} role="search" class="search">
            <label for="q">{voice.say('catalog.search')}</label>
            <p>{voice.say('error.notFound.help')}</p>
            <div class="field-row">
              <input id="q" name="q" type="search" />
              <button type="submit">{voice.say('catalog.search.button')}</button>
            </div>
          </form>
        )}
      </div>
    </Layout>
  );
}

function titleOf(code: ErrorCode, status: number): MessageKey {
  if (code === 'link.invalid') return 'error.link.title';
  if (status === 404) return 'error.notFound.title';
  if (status === 410) return 'error.withdrawn.title';
  return status === 401 || status === 403 ? 'error.denied.title' : 'error.title';
}
