// Forms of the room of people: read without JavaScript, shown again with what was typed when a rule refuses them.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ErrorCode, errorRegistry } from '../../lib/error-registry.ts';
import { errorSentence, TerroirError } from '../../lib/errors.ts';
import type { Refused } from './pages/parts.tsx';

export type Form = { text(name: string): string; texts(name: string): readonly string[] };

const formType = 'application/x-www-form-urlencoded';

/** Lets a room read forms; a name may come several times. */
export function takeForms(server: FastifyInstance): void {
  if (server.hasContentTypeParser(formType)) server.removeContentTypeParser(formType);
  server.addContentTypeParser(
    formType,
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => new URLSearchParams(body),
  );
}

export function formOf(request: FastifyRequest): Form {
  const body = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
  return {
    text: (name) => (body.get(name) ?? '').slice(0, 5000),
    texts: (name) => body.getAll(name).slice(0, 50),
  };
}

/** A value of the address; an empty text when it is absent or repeated. */
export function queryText(request: FastifyRequest, name: string): string {
  const value = (request.query as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : '';
}

/** Where the eye is led for each refusal; forms that name a field otherwise say so. */
const fields: Partial<Record<ErrorCode, string>> = {
  'person.emailInvalid': 'email',
  'person.unknown': 'email',
  'person.nameInvalid': 'name',
  'password.wrong': 'password',
  'password.tooShort': 'password',
  'password.tooLong': 'password',
  'session.tooOld': 'password',
  'role.unknown': 'role',
  'role.alreadyHeld': 'role',
  'joining.pending': 'email',
  'person.unproven': 'role',
  'person.holdsRoles': 'organizations',
  'invitation.character': 'email',
  'key.nameInvalid': 'name',
  'key.scopesMissing': 'scopes',
  'request.tooMany': 'email',
};

/** Refusals that lead back to the form, though their status is one that usually leads elsewhere. */
const shownAgain: readonly ErrorCode[] = ['password.wrong', 'session.tooOld', 'person.unknown', 'provider.failed'];

/**
 * What a refusal makes the form say.
 * @throws the error itself when it is about no field: a permission, an unknown page, the unforeseen
 */
export function refusedBy(
  error: unknown,
  request: FastifyRequest,
  named: Partial<Record<ErrorCode, string>> = {},
): { readonly refused: Refused; readonly status: number } {
  if (!(error instanceof TerroirError)) throw error;
  const { status } = errorRegistry[error.code];
  if (![409, 422, 429].includes(status) && !shownAgain.includes(error.code)) throw error;
  const body = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
  const typed = Object.fromEntries([...body].filter(([name]) => !/password|current|token/.test(name)));
  return {
    status,
    refused: {
      sentence: errorSentence(error, request.voice.lang),
      field: named[error.code] ?? fields[error.code] ?? 'content',
      typed,
    },
  };
}
