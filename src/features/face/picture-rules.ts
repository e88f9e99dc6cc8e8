// Which files are pictures that a page may show: told by their bytes, never by their name; drawings carry no program.
import { TerroirError } from '../../lib/errors.ts';

/** In bytes; a logo is small, a photo was made smaller. */
export const largestPicture = { logo: 300_000, photo: 2_000_000 } as const;

/**
 * The media type of a PNG, JPEG, WebP or SVG file.
 * @throws TerroirError face.pictureUnknown, face.pictureUnsafe for a drawing that holds a program or asks another site
 */
export function pictureType(bytes: Buffer): string {
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') return 'image/webp';
  const text = bytes.toString('utf8');
  if (
    !/^\uFEFF?\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!DOCTYPE svg[^>[]*>\s*)?(<!--[\s\S]*?-->\s*)*<svg[\s>]/i.test(
      text,
    )
  )
    throw new TerroirError('face.pictureUnknown');
  // It is shown as a picture and served in a sandbox, where no program runs; such a file is no logo all the same.
  const unsafe =
    /<(script|foreignObject|iframe|object|embed|handler|set|animate\w*)\b|\son\w+\s*=|javascript:|<!ENTITY|@import|(href|src)\s*=\s*["']?\s*(?!#|data:image\/(png|jpeg|webp))[^"'\s#]|url\(\s*["']?(?!#)/i;
  if (unsafe.test(text)) throw new TerroirError('face.pictureUnsafe');
  return 'image/svg+xml';
}
