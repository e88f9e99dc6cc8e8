// The picture to share: from whom, what, how much on the left; what the data says on the right; the portal below.
import { pictureSize } from '../../../web/share.ts';
import type { PictureFacts } from '../schemas.ts';
import { type Bitmap, type Colour, fill, newBitmap } from './bitmap.ts';
import { brokenInto, drawText, fitted, widthOf } from './letters.ts';
import { rectangle, svgPath } from './shapes.ts';
import { drawVisual, type Frame } from './visuals.ts';

/** The colours of the light portal (src/web/assets/tokens.css): a picture has no dark one. */
export const colours = {
  ground: '#fbf7ee',
  surface: '#fffdf8',
  line: '#e0d3b8',
  ink: '#22292e',
  soft: '#525a5f',
  accent: '#3f5f2c',
  slate: '#2b3943',
  slateInk: '#f8f3e7',
  slateSoft: '#c9d1d3',
  water: '#6d9fb0',
} as const satisfies Record<string, Colour>;

const { width, height } = pictureSize;
const margin = 64;
const footer = 92;
const card: Frame = { x: 612, y: 52, width: width - margin - 612, height: height - footer - 104 };
const titleSizes = [54, 48, 42, 37] as const;
const mostLines = 5;

/** Draws the facts of a picture; every text is cut to its place. */
export function composePicture(facts: PictureFacts): Bitmap {
  const bitmap = newBitmap(width, height, colours.ground);
  const room = facts.visual === null ? width - 2 * margin : card.x - margin - 36;
  drawWords(bitmap, facts, room);
  if (facts.visual !== null) {
    fill(bitmap, rectangle(card.x - 1, card.y - 1, card.width + 2, card.height + 2, 19), colours.line);
    fill(bitmap, rectangle(card.x, card.y, card.width, card.height, 18), colours.surface);
    const inner = { x: card.x + 30, y: card.y + 30, width: card.width - 60, height: card.height - 60 };
    drawVisual(bitmap, facts.visual, inner);
  }
  drawFooter(bitmap, facts);
  return bitmap;
}

function drawWords(bitmap: Bitmap, { kicker, title, figure }: PictureFacts, room: number): void {
  fill(bitmap, rectangle(margin, 62, 56, 6, 3), colours.accent);
  const small = { face: 'sans', size: 27, colour: colours.soft } as const;
  drawText(bitmap, fitted(kicker, room, small), { x: margin, y: 112 }, small);
  // The largest letters in which the title is whole, in what the figure leaves.
  const below = figure === null ? height - footer - 40 : height - footer - 150;
  const sizes = titleSizes.map((size) => {
    const style = { face: 'serif', size, colour: colours.ink } as const;
    const most = Math.min(mostLines, Math.floor((below - 112 - size * 0.16) / (size * 1.18)));
    return { style, lines: brokenInto(title, room, most, style) };
  });
  const whole = sizes.find(({ lines }) => !lines.some((line) => line.endsWith('…'))) ?? sizes.at(-1);
  for (const [index, line] of (whole?.lines ?? []).entries()) {
    const style = whole?.style ?? { face: 'serif', size: titleSizes[0], colour: colours.ink };
    drawText(bitmap, line, { x: margin, y: 112 + style.size * (1.34 + index * 1.18) }, style);
  }
  if (figure === null) return;
  const large = { face: 'serif', size: 68, colour: colours.accent } as const;
  const value = fitted(figure.value, room, large);
  const y = height - footer - 48;
  drawText(bitmap, value, { x: margin, y }, large);
  const after = margin + widthOf(value, large) + 16;
  drawText(bitmap, fitted(figure.label, margin + room - after, small), { x: after, y }, small);
}

function drawFooter(bitmap: Bitmap, { site, host, mark }: PictureFacts): void {
  const top = height - footer;
  fill(bitmap, rectangle(0, top, width, footer), colours.slate);
  fill(bitmap, rectangle(0, top, width, 4), colours.water);
  let x = margin;
  if (mark !== null) {
    const scale = 56 / Math.max(mark.width, mark.height);
    const y = top + 4 + (footer - 4 - mark.height * scale) / 2;
    fill(bitmap, svgPath(mark.path, { x, y, scale }), colours.slateInk);
    x += mark.width * scale + 20;
  }
  const soft = { face: 'sans', size: 23, colour: colours.slateSoft } as const;
  const name = { face: 'serif', size: 32, colour: colours.slateInk } as const;
  const shownHost = fitted(host, 420, soft);
  drawText(bitmap, shownHost, { x: width - margin, y: top + 59, from: 'right' }, soft);
  drawText(bitmap, fitted(site, width - margin - widthOf(shownHost, soft) - 30 - x, name), { x, y: top + 61 }, name);
}
