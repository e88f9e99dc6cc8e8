// Looks over HTTP: the form that changes one, its pictures, its colours.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ContextOf } from '../../context.ts';
import { type ErrorCode, errorRegistry } from '../../lib/error-registry.ts';
import { errorSentence, TerroirError } from '../../lib/errors.ts';
import { acceptForms, formOf } from '../../web/forms.ts';
import { urls, withQuery } from '../../web/urls.ts';
import { coloursSheet } from './colour-rules.ts';
import { FacePage, type FacePageData } from './pages/face-page.tsx';
import { largestPicture } from './picture-rules.ts';
import type { FaceRequest } from './schemas.ts';
import { changeFace, getFaceColours, getFaceToChange, getPicture } from './service.ts';

export type FaceFormOptions = { readonly contextOf: ContextOf; readonly publicUrl: string };

/** A picture far beyond what is allowed is not read to its end. */
const limits = { fields: 30, fieldSize: 10_000, files: 2, parts: 40, fileSize: 5 * largestPicture.photo };

type Named = { Params: { slug?: string } };

/** Kept for ever by browsers: the address changes with the picture. */
const forEver = 'public, max-age=31536000, immutable';
/** A picture is a picture: whatever it holds runs nowhere. */
const picturePolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/** Where the eye is led for each refusal. */
const fields: Partial<Record<ErrorCode, string>> = {
  'face.groundContrast': 'ground',
  'face.accentContrast': 'accent',
  'face.pictureUnknown': 'logo',
  'face.pictureUnsafe': 'logo',
  'face.pictureTooLarge': 'logo',
  'face.photoTextMissing': 'photoText',
  'face.hostInvalid': 'host',
  'face.hostTaken': 'host',
  'face.emailInvalid': 'contactEmail',
  'face.textTooLong': 'mission',
  'face.colourInvalid': 'ground',
};

export async function faceFormRoutes(server: FastifyInstance, options: FaceFormOptions): Promise<void> {
  const { contextOf, publicUrl } = options;
  const hidden = { schema: { hide: true } };
  // A form without a file may come without its parts.
  acceptForms(server);

  for (const base of ['/organizations/:slug', '/territory']) {
    server.get<Named>(`${base}/face`, hidden, async (request, reply) => {
      const found = await getFaceToChange(await contextOf(request), ownerOf(request));
      const { done } = request.query as Readonly<Record<string, unknown>>;
      return send(reply, { ...found, refused: null, done: done === 'saved' });
    });

    server.post<Named>(`${base}/face`, hidden, async (request, reply) => {
      const context = await contextOf(request);
      const owner = ownerOf(request);
      // Asked before the body is read: whoever may not change it sends no picture.
      const found = await getFaceToChange(context, owner);
      const form = await readForm(request);
      try {
        await changeFace(context, owner, form.request, publicUrl);
      } catch (error) {
        if (!(error instanceof TerroirError) || fields[error.code] === undefined) throw error;
        const refused = {
          sentence: errorSentence(error, request.voice.lang),
          field: fieldOf(error, form.typed),
          typed: form.typed,
        };
        return send(reply.code(errorRegistry[error.code].status), { ...found, refused, done: false });
      }
      return reply.redirect(withQuery(urls.face(owner), { done: 'saved' }), 303);
    });

    for (const kind of ['logo', 'photo'] as const)
      server.get<Named>(`${base}/${kind}`, hidden, async (request, reply) => {
        const { bytes, type } = await getPicture(await contextOf(request), ownerOf(request), kind);
        return reply
          .header('content-security-policy', picturePolicy)
          .header('cache-control', forEver)
          .type(type)
          .send(bytes);
      });

    server.get<Named>(`${base}/colours.css`, hidden, async (request, reply) => {
      const owner = ownerOf(request);
      const colours = await getFaceColours(await contextOf(request), owner);
      return reply
        .header('cache-control', forEver)
        .type('text/css; charset=utf-8')
        .send(coloursSheet(owner === '' ? 'territory' : owner, colours));
    });
  }
}

function ownerOf(request: FastifyRequest<Named>): string {
  return request.params.slug ?? '';
}

function send(reply: FastifyReply, data: FacePageData): Promise<FastifyReply> {
  return reply.sendPage({ data, page: (context) => FacePage({ context, data }) });
}

/** The field of a colour is the one that holds it; of a picture, the one that was chosen. */
function fieldOf(error: TerroirError, typed: Readonly<Record<string, string>>): string {
  if (error.code === 'face.colourInvalid' && typed['accent']?.trim() === error.params['colour']) return 'accent';
  if (error.code.startsWith('face.picture') && typed['photo'] === 'sent' && typed['logo'] !== 'sent') return 'photo';
  return fields[error.code] ?? 'content';
}

type SentForm = { readonly request: FaceRequest; readonly typed: Readonly<Record<string, string>> };

/** Reads the form to its end; a picture larger than any may be is cut just above what is allowed, then refused by name. */
async function readForm(request: FastifyRequest): Promise<SentForm> {
  const typed: Record<string, string> = Object.fromEntries(formOf(request));
  const pictures: Partial<Record<'logo' | 'photo', Buffer>> = {};
  if (request.isMultipart())
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') {
        typed[part.fieldname] = typeof part.value === 'string' ? part.value : '';
        continue;
      }
      const kind = part.fieldname === 'logo' || part.fieldname === 'photo' ? part.fieldname : null;
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of part.file) {
        const bytes = chunk as Buffer;
        size += bytes.length;
        if (kind !== null && size <= largestPicture[kind] + bytes.length) chunks.push(bytes);
      }
      if (kind === null || size === 0) continue;
      pictures[kind] = Buffer.concat(chunks);
      typed[kind] = 'sent';
    }
  const text = (name: string) => typed[name] ?? '';
  return {
    typed,
    request: {
      ground: text('ground'),
      accent: text('accent'),
      logo: pictures.logo ?? null,
      removeLogo: text('logo-remove') === 'yes',
      photo: pictures.photo ?? null,
      removePhoto: text('photo-remove') === 'yes',
      photoText: text('photoText'),
      photoCredit: text('photoCredit'),
      mission: text('mission'),
      contactName: text('contactName'),
      contactEmail: text('contactEmail'),
      contactPhone: text('contactPhone'),
      contactDelay: text('contactDelay'),
      host: text('host'),
    },
  };
}
