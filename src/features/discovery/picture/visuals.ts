// The right side of a picture to share: bars, what changes with time, places, the territory, or the columns of a table.
import type { Bar, PictureTerritory, Visual } from '../schemas.ts';
import { type Bitmap, type Colour, fill, type Point } from './bitmap.ts';
import { brokenInto, drawText, fitted, widthOf } from './letters.ts';
import { disc, rectangle, stroke, svgPath } from './shapes.ts';

export type Frame = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

const ink: Colour = '#22292e';
const soft: Colour = '#525a5f';
const river: Colour = '#1d5873';
const line: Colour = '#e0d3b8';
const sand: Colour = '#f3ead7';
const strong: Colour = '#a84a08';
/** The tones of fields on the map of the territory, and what surrounds them. */
const fields: readonly Colour[] = ['#e9dcbc', '#dbe2bf', '#efe0c3', '#d8e4e2', '#e6d7cf', '#dedbc8'];
const border: Colour = '#857455';

const mostBars = 6;
const mostColumns = 8;

export function drawVisual(bitmap: Bitmap, visual: Visual, frame: Frame): void {
  if (visual.kind === 'bars') drawBars(bitmap, visual.bars.slice(0, mostBars), titled(bitmap, visual.title, frame));
  else if (visual.kind === 'course')
    drawCourse(bitmap, visual.points, visual.line, titled(bitmap, visual.title, frame));
  else if (visual.kind === 'places') drawPlaces(bitmap, visual.points, frame);
  else if (visual.kind === 'territory') drawTerritory(bitmap, visual.drawing, visual.current, frame);
  else drawColumns(bitmap, visual.titles, frame);
}

/** Writes the title of a chart. @returns what is left below it. */
function titled(bitmap: Bitmap, title: string, { x, y, width, height }: Frame): Frame {
  const style = { face: 'sans', size: 24, colour: soft } as const;
  const lines = brokenInto(title, width, 2, style);
  for (const [index, text] of lines.entries()) drawText(bitmap, text, { x, y: y + 20 + index * 30 }, style);
  const used = lines.length * 30 + 14;
  return { x, y: y + used, width, height: height - used };
}

/** Bars that lie, each with its name above and its value at the right. */
function drawBars(bitmap: Bitmap, bars: readonly Bar[], { x, y, width, height }: Frame): void {
  const most = Math.max(...bars.map(({ value }) => Math.abs(value)), 0) || 1;
  const step = Math.min(74, height / Math.max(bars.length, 1));
  const style = { face: 'sans', size: Math.min(22, step * 0.36), colour: ink } as const;
  for (const [index, { label, value, text }] of bars.entries()) {
    const top = y + index * step;
    const valueWidth = widthOf(text, style);
    drawText(bitmap, fitted(label, width - valueWidth - 20, style), { x, y: top + style.size }, style);
    drawText(bitmap, text, { x: x + width, y: top + style.size, from: 'right' }, style);
    const thick = step * 0.3;
    const at = top + style.size * 1.42;
    fill(bitmap, rectangle(x, at, width, thick, 4), sand);
    fill(bitmap, rectangle(x, at, Math.max(3, (Math.abs(value) / most) * width), thick, 4), value < 0 ? strong : river);
  }
}

/** Columns, or a line where they would be too many, with the first and the last moment below. */
function drawCourse(bitmap: Bitmap, points: readonly Bar[], asLine: boolean, frame: Frame): void {
  // Room for the value of the highest above, and for the moments below.
  const { x, width } = frame;
  const y = frame.y + 26;
  const height = frame.height - 26 - 38;
  const values = points.map(({ value }) => value);
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const at = (value: number) => y + height - ((value - least) / (most - least || 1)) * height;
  const small = { face: 'sans', size: 21, colour: soft } as const;
  const highest = points.reduce<Bar | null>(
    (best, one) => (best === null || one.value > best.value ? one : best),
    null,
  );
  for (const share of [0, 0.5, 1]) fill(bitmap, rectangle(x, y + share * height, width, 1.5), line);
  const step = width / Math.max(points.length, 1);
  if (asLine) {
    const all = points.map(({ value }, index): Point => [x + (index + 0.5) * step, at(value)]);
    fill(bitmap, [[[all[0]?.[0] ?? x, at(0)], ...all, [all.at(-1)?.[0] ?? x, at(0)]]], river, 0.14);
    fill(bitmap, stroke(all, 5), river);
  } else {
    for (const [index, { value }] of points.entries()) {
      const [top, bottom] = value < 0 ? [at(0), at(value)] : [at(value), at(0)];
      const room = Math.min(step * 0.76, 90);
      fill(bitmap, rectangle(x + (index + 0.5) * step - room / 2, top, room, Math.max(2, bottom - top), 4), river);
    }
  }
  const [first, last] = [points[0], points.at(-1)];
  if (first !== undefined)
    drawText(bitmap, fitted(first.label, width / 2 - 10, small), { x, y: y + height + 32 }, small);
  if (last !== undefined && points.length > 1)
    drawText(
      bitmap,
      fitted(last.label, width / 2 - 10, small),
      { x: x + width, y: y + height + 32, from: 'right' },
      small,
    );
  if (highest === null || most <= 0) return;
  const peak = x + (points.indexOf(highest) + 0.5) * step;
  const half = widthOf(highest.text, small) / 2;
  const middle = Math.min(Math.max(peak, x + half), x + width - half);
  const style = { ...small, colour: ink };
  drawText(bitmap, highest.text, { x: middle, y: at(highest.value) - 9, from: 'middle' }, style);
}

/** Places as they lie, north above: at this size the earth is flat. */
function drawPlaces(
  bitmap: Bitmap,
  points: readonly { readonly lon: number; readonly lat: number }[],
  { x, y, width, height }: Frame,
): void {
  const lons = points.map(({ lon }) => lon);
  const lats = points.map(({ lat }) => lat);
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min(width / ((east - west) * narrow || 1e-9), height / (north - south || 1e-9), 1e7);
  const [spanX, spanY] = [(east - west) * narrow * scale, (north - south) * scale];
  const radius = points.length > 600 ? 3.5 : points.length > 120 ? 5 : 8;
  for (const { lon, lat } of points) {
    const px = x + (width - spanX) / 2 + (lon - west) * narrow * scale;
    const py = y + (height - spanY) / 2 + (north - lat) * scale;
    fill(bitmap, disc(px, py, radius), river, 0.62);
  }
}

/** The communes with their tones, the one that is meant in another. */
function drawTerritory(bitmap: Bitmap, drawing: PictureTerritory, current: string | null, frame: Frame): void {
  const scale = Math.min(frame.width / drawing.width, frame.height / drawing.height);
  const place = {
    x: frame.x + (frame.width - drawing.width * scale) / 2,
    y: frame.y + (frame.height - drawing.height * scale) / 2,
    scale,
  };
  for (const { insee, path, tone } of drawing.communes) {
    const shape = svgPath(path, place);
    fill(bitmap, shape, insee === current ? river : (fields[tone % fields.length] ?? sand));
    for (const ring of shape) fill(bitmap, stroke([...ring, ...ring.slice(0, 1)], 1.6), '#fffdf8');
  }
  for (const ring of svgPath(drawing.border, place)) fill(bitmap, stroke([...ring, ...ring.slice(0, 1)], 2.6), border);
}

/** A table whose columns have titles, where nothing can be counted or placed. */
function drawColumns(bitmap: Bitmap, titles: readonly string[], { x, y, width, height }: Frame): void {
  const shown = titles.slice(0, mostColumns);
  const step = Math.min(52, height / mostColumns);
  const style = { face: 'sans', size: 24, colour: ink } as const;
  for (const [index, title] of shown.entries()) {
    const last = index === mostColumns - 1 && titles.length > mostColumns;
    const top = y + index * step;
    fill(bitmap, rectangle(x, top + 9, 13, 13, 3), last ? line : river);
    drawText(bitmap, last ? '…' : fitted(title, width - 34, style), { x: x + 32, y: top + 25 }, style);
    fill(bitmap, rectangle(x, top + step - 5, width, 1.5), line);
  }
}
