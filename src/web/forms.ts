// Forms as browsers send them: read once, as parameters.
import type { FastifyInstance, FastifyRequest } from 'fastify';

const formType = 'application/x-www-form-urlencoded';

/** Lets a room's routes receive forms. */
export function acceptForms(server: FastifyInstance): void {
  if (server.hasContentTypeParser(formType)) return;
  server.addContentTypeParser(
    formType,
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => new URLSearchParams(body),
  );
}

/** The fields of the form that a request sends; none when it sends no form. */
export function formOf(request: FastifyRequest): URLSearchParams {
  return request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
}
