// Reads XML as it comes, chunk by chunk: names, raw attributes and texts, no tree. Entities of a DTD are never expanded.
import { StringDecoder } from 'node:string_decoder';

export type XmlHandlers = {
  /** @param attributes as written; `attribute` finds one; @param empty whether the tag closes itself (`close` follows) */
  open(name: string, attributes: string, empty: boolean): void;
  /** @param text as written, maybe in several pieces: put together, `decodeXml` it when it is wanted */
  text(text: string): void;
  close(name: string): void;
};

/** A tag or a comment this long, and a text without any tag, are no workbook of people. */
const longestTag = 1024 * 1024;
const longestText = 64 * 1024 * 1024;

/** XML that cannot be read any further. */
export class XmlBroken extends Error {}

/** Names come without their prefix ("x:row" is "row"). @throws XmlBroken */
export async function scanXml(chunks: AsyncIterable<Uint8Array>, handlers: XmlHandlers, after?: () => Promise<void>) {
  let decoder: StringDecoder | null = null;
  let held = '';
  let textLength = 0;
  for await (const chunk of chunks) {
    decoder ??= new StringDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf16le' : 'utf8');
    const text = held + decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    held = scanText(text, handlers);
    textLength = text.includes('<') ? 0 : textLength + text.length;
    if (held.length > longestTag || textLength > longestText) throw new XmlBroken('a piece is too long');
    await after?.();
  }
  held = scanText(held + (decoder?.end() ?? ''), handlers);
  if (held !== '') throw new XmlBroken('cut');
}

/** @returns what is left: the beginning of a tag that is not whole yet */
function scanText(text: string, handlers: XmlHandlers): string {
  let at = 0;
  for (;;) {
    const start = text.indexOf('<', at);
    const end = start === -1 ? text.length : start;
    if (end > at) handlers.text(text.slice(at, end));
    if (start === -1) return '';
    const sign = text.charCodeAt(start + 1);
    if (sign === 33 || sign === 63) {
      at = skipMarkup(text, start, handlers);
      if (at === -1) return text.slice(start);
      continue;
    }
    const close = tagEnd(text, start);
    if (close === -1) return text.slice(start);
    if (sign === 47) handlers.close(localName(text, start + 2, close));
    else openTag(text, start + 1, close, handlers);
    at = close + 1;
  }
}

function openTag(text: string, start: number, end: number, handlers: XmlHandlers): void {
  const empty = text.charCodeAt(end - 1) === 47;
  const stop = empty ? end - 1 : end;
  let nameEnd = start;
  while (nameEnd < stop && text.charCodeAt(nameEnd) > 32) nameEnd++;
  const name = localName(text, start, nameEnd);
  handlers.open(name, text.slice(nameEnd, stop), empty);
  if (empty) handlers.close(name);
}

function localName(text: string, start: number, end: number): string {
  let stop = end;
  while (stop > start && text.charCodeAt(stop - 1) <= 32) stop--;
  for (let at = start; at < stop; at++) if (text.charCodeAt(at) === 58) return text.slice(at + 1, stop);
  return text.slice(start, stop);
}

/** Where a tag ends: a ">" inside quotes belongs to an attribute. */
function tagEnd(text: string, start: number): number {
  let quote = 0;
  for (let at = start + 1; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (quote !== 0) {
      if (sign === quote) quote = 0;
    } else if (sign === 34 || sign === 39) quote = sign;
    else if (sign === 62) return at;
  }
  return -1;
}

/** Comments, declarations, instructions and CDATA. @returns the offset after it, -1 when it is not whole */
function skipMarkup(text: string, start: number, handlers: XmlHandlers): number {
  if (text.startsWith('<!--', start)) return after(text, '-->', start + 4);
  if (text.startsWith('<![CDATA[', start)) {
    const end = text.indexOf(']]>', start + 9);
    if (end !== -1) handlers.text(text.slice(start + 9, end).replaceAll('&', '&amp;'));
    return end === -1 ? -1 : end + 3;
  }
  // The beginning of a comment or of a CDATA section may be cut.
  if (text.length - start < 9 && '<![CDATA['.startsWith(text.slice(start, start + 9))) return -1;
  return after(text, '>', start + 2);
}

function after(text: string, sign: string, from: number): number {
  const found = text.indexOf(sign, from);
  return found === -1 ? -1 : found + sign.length;
}

/** The value of an attribute among raw ones, decoded; null when it is not there. `name` carries its prefix, if any. */
export function attribute(attributes: string, name: string): string | null {
  let at = attributes.indexOf(name);
  for (; at !== -1; at = attributes.indexOf(name, at + 1)) {
    const before = attributes.charCodeAt(at - 1);
    if (at > 0 && before > 32) continue;
    let next = at + name.length;
    while (attributes.charCodeAt(next) <= 32) next++;
    if (attributes.charCodeAt(next) !== 61) continue;
    next++;
    while (attributes.charCodeAt(next) <= 32) next++;
    const quote = attributes[next];
    // HTML may leave quotes out.
    if (quote !== '"' && quote !== "'") return decodeXml(/^[^\s>]*/.exec(attributes.slice(next))?.[0] ?? '');
    const end = attributes.indexOf(quote, next + 1);
    return end === -1 ? null : decodeXml(attributes.slice(next + 1, end));
  }
  return null;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** Replaces the five entities and numbered signs; anything else stays as it is. */
export function decodeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,10}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return named[name as string] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex as string, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
