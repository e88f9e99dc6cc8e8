// Text in pictures: letters drawn from their outlines (reference/letters), measured, cut and broken into lines.
import sans from '../../../../reference/letters/sans.json' with { type: 'json' };
import serif from '../../../../reference/letters/serif.json' with { type: 'json' };
import { type Bitmap, type Colour, fill } from './bitmap.ts';
import { svgPath } from './shapes.ts';

export type Face = 'sans' | 'serif';
export type Style = { readonly face: Face; readonly size: number; readonly colour: Colour };

type Letters = {
  readonly unitsPerEm: number;
  readonly letters: Readonly<Record<string, readonly (number | string)[]>>;
};
const faces: Readonly<Record<Face, Letters>> = { sans: sans as Letters, serif: serif as Letters };

type Letter = { readonly advance: number; readonly path: string };

/** Spaces that never break are as wide as others; what has no outline loses its accents, else becomes a middle dot. */
function letterOf(letter: string, face: Face): Letter {
  const { letters } = faces[face];
  const plain = /\s/u.test(letter) ? ' ' : letter;
  const found = letters[plain] ?? letters[plain.normalize('NFD').charAt(0)] ?? letters['·'] ?? [];
  return { advance: Number(found[0] ?? 0), path: String(found[1] ?? '') };
}

/** Signs that join the letter before have no width of their own: texts are composed first. */
function lettersOf(text: string): readonly string[] {
  return [...text.normalize('NFC')].filter((letter) => !/[\p{M}\p{Cc}\p{Cf}]/u.test(letter));
}

/** The width of a text in pixels. */
export function widthOf(text: string, { face, size }: Pick<Style, 'face' | 'size'>): number {
  const units = lettersOf(text).reduce((sum, letter) => sum + letterOf(letter, face).advance, 0);
  return (units * size) / faces[face].unitsPerEm;
}

/** Draws a text on a line; y is the line that letters stand on. */
export function drawText(
  bitmap: Bitmap,
  text: string,
  at: { readonly x: number; readonly y: number; readonly from?: 'left' | 'right' | 'middle' },
  style: Style,
): void {
  const scale = style.size / faces[style.face].unitsPerEm;
  const width = widthOf(text, style);
  let x = at.from === 'right' ? at.x - width : at.from === 'middle' ? at.x - width / 2 : at.x;
  for (const letter of lettersOf(text)) {
    const { advance, path } = letterOf(letter, style.face);
    fill(bitmap, svgPath(path, { x, y: at.y, scale }, true), style.colour);
    x += advance * scale;
  }
}

/** A text that fits: cut, with an ellipsis, where it is too long. */
export function fitted(text: string, width: number, style: Pick<Style, 'face' | 'size'>): string {
  if (widthOf(text, style) <= width) return text;
  const letters = [...text];
  let [least, most] = [0, letters.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (widthOf(`${letters.slice(0, middle).join('')}…`, style) <= width) least = middle;
    else most = middle - 1;
  }
  return `${letters.slice(0, least).join('').trimEnd()}…`;
}

/** Lines that fit, at most so many; what is left over is cut with an ellipsis. */
export function brokenInto(
  text: string,
  width: number,
  most: number,
  style: Pick<Style, 'face' | 'size'>,
): readonly string[] {
  // Longer texts would only be measured to be cut.
  const words = text
    .slice(0, 1000)
    .trim()
    .split(/[ \n\t]+/);
  const lines: string[] = [];
  let line = '';
  for (const [index, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || widthOf(longer, style) <= width) {
      line = longer;
      continue;
    }
    if (lines.length === most - 1) return [...lines, fitted(`${line} ${words.slice(index).join(' ')}`, width, style)];
    lines.push(fitted(line, width, style));
    line = word;
  }
  return [...lines, fitted(line, width, style)];
}
