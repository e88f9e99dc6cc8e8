// Writes the outlines of a TrueType font's letters as data: `node scripts/outline-font.mjs font.ttf reference/letters/name.json`.
// Pictures that the portal draws have letters, whatever fonts the machine has.
import { readFileSync, writeFileSync } from 'node:fs';

const unitsPerEm = 1000;
/** What French and its neighbours write, the marks of typography, and the signs of money and measures. */
const wanted = [
  ...range(0x20, 0x7e),
  ...range(0xa1, 0xff),
  ...Array.from('ŒœŸŠšŽžĀāĂăĄąĆćČčĎďĐđĒēĘęĚěĞğĪīİıŁłŃńŇňŌōŐőŘřŚśŞşŢţŤťŪūŮůŰűŹźŻż').map((letter) =>
    letter.codePointAt(0),
  ),
  ...Array.from('–—‘’“”„•…‹›€‰−→×·').map((letter) => letter.codePointAt(0)),
];

const [source, target] = process.argv.slice(2);
const font = readFileSync(source);
const tables = readTables(font);
const head = tables.get('head');
const scale = unitsPerEm / font.readUInt16BE(head + 18);
const long = font.readInt16BE(head + 50) === 1;
const metrics = font.readUInt16BE(tables.get('hhea') + 34);
const glyphOf = readCmap(tables.get('cmap'));

const letters = {};
for (const code of [...new Set(wanted)].sort((a, b) => a - b)) {
  const glyph = glyphOf.get(code);
  if (glyph === undefined) continue;
  letters[String.fromCodePoint(code)] = [Math.round(advance(glyph) * scale), contoursOf(glyph).map(written).join('')];
}
const name = names().get(4);
const data = {
  source: `${name}, ${names().get(5)} (https://dejavu-fonts.github.io/), outlines scaled to ${unitsPerEm} units, under the Bitstream Vera licence (see the package dejavu-fonts-ttf)`,
  unitsPerEm,
  letters,
};
writeFileSync(
  target,
  `${JSON.stringify(data, null, 0).replace('"letters":{', '"letters":{\n').replaceAll('],"', '],\n"')}\n`,
);

function range(from, to) {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function readTables(bytes) {
  const count = bytes.readUInt16BE(4);
  return new Map(
    range(0, count - 1).map((index) => {
      const at = 12 + index * 16;
      return [bytes.toString('latin1', at, at + 4), bytes.readUInt32BE(at + 8)];
    }),
  );
}

/** The table of format 4: segments of the basic plane. */
function readCmap(at) {
  const found = new Map();
  for (let index = 0; index < font.readUInt16BE(at + 2); index++) {
    const sub = at + font.readUInt32BE(at + 8 + index * 8);
    if (font.readUInt16BE(sub) !== 4) continue;
    const segments = font.readUInt16BE(sub + 6) / 2;
    for (let segment = 0; segment < segments; segment++) {
      const end = font.readUInt16BE(sub + 14 + segment * 2);
      const start = font.readUInt16BE(sub + 16 + segments * 2 + segment * 2);
      const delta = font.readUInt16BE(sub + 16 + segments * 4 + segment * 2);
      const offsetAt = sub + 16 + segments * 6 + segment * 2;
      const offset = font.readUInt16BE(offsetAt);
      for (let code = start; code <= end && code < 0xffff; code++) {
        const raw = offset === 0 ? code : font.readUInt16BE(offsetAt + offset + (code - start) * 2);
        if (raw !== 0) found.set(code, (raw + delta) & 0xffff);
      }
    }
  }
  return found;
}

function advance(glyph) {
  return font.readUInt16BE(tables.get('hmtx') + Math.min(glyph, metrics - 1) * 4);
}

/** Contours of points [x, y, on the line], in the font's units; of a composed letter, those of its parts. */
function contoursOf(glyph) {
  const loca = tables.get('loca');
  const offset = (index) => (long ? font.readUInt32BE(loca + index * 4) : font.readUInt16BE(loca + index * 2) * 2);
  if (offset(glyph) === offset(glyph + 1)) return [];
  const at = tables.get('glyf') + offset(glyph);
  const count = font.readInt16BE(at);
  return count < 0 ? composed(at + 10) : simple(at + 10, count);
}

function simple(start, count) {
  const ends = range(0, count - 1).map((index) => font.readUInt16BE(start + index * 2));
  const total = ends.at(-1) + 1;
  let at = start + count * 2;
  at += 2 + font.readUInt16BE(at);
  const flags = [];
  while (flags.length < total) {
    const flag = font[at++];
    flags.push(flag);
    if (flag & 8) for (let times = font[at++]; times > 0; times--) flags.push(flag);
  }
  const axis = (short, same) => {
    let value = 0;
    return flags.map((flag) => {
      if (flag & short) value += (flag & same ? 1 : -1) * font[at++];
      else if (!(flag & same)) {
        value += font.readInt16BE(at);
        at += 2;
      }
      return value;
    });
  };
  const xs = axis(2, 16);
  const ys = axis(4, 32);
  return ends.map((end, index) =>
    range(index === 0 ? 0 : ends[index - 1] + 1, end).map((point) => [xs[point], ys[point], (flags[point] & 1) === 1]),
  );
}

function composed(start) {
  const contours = [];
  for (let at = start, more = true; more; ) {
    const flags = font.readUInt16BE(at);
    const glyph = font.readUInt16BE(at + 2);
    at += 4;
    const [dx, dy] =
      flags & 1 ? [font.readInt16BE(at), font.readInt16BE(at + 2)] : [font.readInt8(at), font.readInt8(at + 1)];
    at += flags & 1 ? 4 : 2;
    let [a, b, c, d] = [1, 0, 0, 1];
    const fixed = () => {
      at += 2;
      return font.readInt16BE(at - 2) / 16384;
    };
    if (flags & 8) a = d = fixed();
    else if (flags & 64) [a, d] = [fixed(), fixed()];
    else if (flags & 128) [a, b, c, d] = [fixed(), fixed(), fixed(), fixed()];
    const part = contoursOf(glyph);
    contours.push(...part.map((points) => points.map(([x, y, on]) => [a * x + c * y + dx, b * x + d * y + dy, on])));
    more = (flags & 32) !== 0;
  }
  return contours;
}

/** "M x y", then "L x y" and "Q cx cy x y", y upwards; the last point joins the first. */
function written(points) {
  const between = (p, q) => [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2, true];
  const first = points.findIndex(([, , on]) => on);
  const turned =
    first < 0 ? [between(points[0], points.at(-1)), ...points] : [...points.slice(first), ...points.slice(0, first)];
  const text = ([x, y]) => `${Math.round(x * scale)} ${Math.round(y * scale)}`;
  let path = `M${text(turned[0])}`;
  for (let index = 1; index <= turned.length; index++) {
    const point = turned[index % turned.length];
    if (point[2]) {
      if (index < turned.length) path += `L${text(point)}`;
      continue;
    }
    const next = turned[(index + 1) % turned.length];
    path += `Q${text(point)} ${text(next[2] ? next : between(point, next))}`;
    if (next[2]) index += 1;
  }
  return path;
}

function names() {
  const at = tables.get('name');
  const texts = at + font.readUInt16BE(at + 4);
  const found = new Map();
  for (let index = 0; index < font.readUInt16BE(at + 2); index++) {
    const row = at + 6 + index * 12;
    if (font.readUInt16BE(row) !== 3) continue;
    const start = texts + font.readUInt16BE(row + 10);
    const bytes = Buffer.from(font.subarray(start, start + font.readUInt16BE(row + 8))).swap16();
    found.set(font.readUInt16BE(row + 6), bytes.toString('utf16le'));
  }
  return found;
}
