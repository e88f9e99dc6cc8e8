// Sends a file that never changes: recognised by its tag, in pieces where a reader asks for them (RFC 9110, Range).
import { createReadStream } from 'node:fs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { filePiece } from '../lib/file-pieces.ts';

export type SentFile = {
  readonly bytes: number;
  /** Names the bytes: the same tag is the same file. */
  readonly tag: string;
  readonly type: string;
  /** The name that it is saved under. */
  readonly name: string;
  /** Who may keep it, and for how long. */
  readonly cache: string;
  open(range?: { readonly start: number; readonly end: number }): NodeJS.ReadableStream;
};

/** The same of a file on the disk. */
export function fileOnDisk(path: string, about: Omit<SentFile, 'open'>): SentFile {
  return { ...about, open: (range) => createReadStream(path, { ...range, highWaterMark: filePiece }) };
}

/** The route must not compress: a piece of a file is not a piece of its compressed form. */
export function sendFile(request: FastifyRequest, reply: FastifyReply, file: SentFile): FastifyReply {
  const etag = `"${file.tag}"`;
  reply
    .header('etag', etag)
    .header('cache-control', file.cache)
    .header('accept-ranges', 'bytes')
    .header('access-control-expose-headers', 'ETag, Link, Content-Disposition, Content-Range, Accept-Ranges');
  if (isHeld(request.headers['if-none-match'], file.tag)) return reply.code(304).send();
  reply.type(file.type).header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`);
  const { range: asked, 'if-range': condition } = request.headers;
  // A piece of another state would not fit what the reader has: they get the whole.
  const range = condition === undefined || condition === etag ? readRange(asked, file.bytes) : null;
  if (range === 'beyond') return reply.code(416).header('content-range', `bytes */${file.bytes}`).send();
  if (range === null) return send(request, reply.header('content-length', file.bytes), () => file.open());
  reply
    .code(206)
    .header('content-range', `bytes ${range.start}-${range.end}/${file.bytes}`)
    .header('content-length', range.end - range.start + 1);
  return send(request, reply, () => file.open(range));
}

function send(request: FastifyRequest, reply: FastifyReply, open: () => NodeJS.ReadableStream): FastifyReply {
  return request.method === 'HEAD' ? reply.send() : reply.send(open());
}

/** Whether the reader has these bytes already. */
export function isHeld(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === `"${tag}"`);
}

/**
 * The bytes asked for, both ends included; null for the whole file (nothing asked, several pieces, or what is not
 * understood), 'beyond' when none of them is there.
 */
export function readRange(
  header: string | undefined,
  bytes: number,
): { readonly start: number; readonly end: number } | null | 'beyond' {
  const written = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.replaceAll(' ', '') ?? '');
  if (written === null) return null;
  const [from = '', to = ''] = written.slice(1);
  if (from === '' && to === '') return null;
  if (from === '') {
    const length = Math.min(Number(to), bytes);
    return length === 0 ? 'beyond' : { start: bytes - length, end: bytes - 1 };
  }
  const start = Number(from);
  const end = to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (to !== '' && Number(to) < start) return null;
  return start >= bytes ? 'beyond' : { start, end };
}
