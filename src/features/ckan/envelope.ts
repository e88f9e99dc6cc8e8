// CKAN's envelope: {help, success, result}, or the error in the words that its programs know. Pure.
import { errorRegistry } from '../../lib/error-registry.ts';
import { errorSentence, type TerroirError } from '../../lib/errors.ts';

export type Refused = { readonly status: number; readonly body: unknown };

/** Refusals that say nothing of an action are a text, as CKAN sends them. */
const unwrapped = new Set<string>(['ckan.actionUnknown', 'ckan.request', 'query.malformed']);

/** The status and the body of a refusal. */
export function refused(refusal: TerroirError, help: string): Refused {
  const { code, params } = refusal;
  const sentence = errorSentence(refusal, 'en');
  if (unwrapped.has(code))
    return { status: 400, body: sentence.startsWith('Bad request') ? sentence : `Bad request - ${sentence}` };
  const wrapped = (status: number, type: string, said: Readonly<Record<string, unknown>>): Refused => ({
    status,
    body: { help, success: false, error: { ...said, __type: type } },
  });
  if (code === 'ckan.field')
    return wrapped(409, 'Validation Error', { [String(params['field'])]: [String(params['reason'])] });
  if (code === 'ckan.search') return wrapped(400, 'Search Query Error', { message: sentence });
  // A query on rows that the DataStore refuses.
  if (code.startsWith('query.')) return wrapped(409, 'Validation Error', { query: [sentence] });
  const { status } = errorRegistry[code];
  if (status === 401 || status === 403)
    return wrapped(403, 'Authorization Error', { message: `Access denied: ${sentence}` });
  // A dataset that was withdrawn is gone: CKAN has no word for it.
  if (status === 404 || status === 410) {
    const known = code === 'dataset.unknown' ? 'Dataset was not found.' : sentence;
    return wrapped(404, 'Not Found Error', { message: `Not found: ${known}` });
  }
  return wrapped(status, 'Internal Server Error', { message: sentence });
}
