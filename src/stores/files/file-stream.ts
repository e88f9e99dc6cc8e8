// Files on their way out.
import { createReadStream, type ReadStream } from 'node:fs';
import { filePiece } from '../../lib/file-pieces.ts';

/** A file as a stream, or the bytes of it from `start` to `end`, both included. */
export function openFile(path: string, range: { readonly start?: number; readonly end?: number } = {}): ReadStream {
  return createReadStream(path, { ...range, highWaterMark: filePiece });
}
