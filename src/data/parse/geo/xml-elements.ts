// Cuts a KML or GPX text of any size into the elements that are objects, so that each is parsed alone and a broken one too.
import { TerroirError } from '../../../lib/errors.ts';
import { chunksOf, type TextSource } from '../json/source.ts';

export type XmlElement = {
  readonly name: string;
  readonly text: string;
  /** The names of the folders around it, from the outermost. */
  readonly folders: readonly string[];
};

export type XmlState = {
  /** The text ends inside an element, or before its root is closed. */
  cut: boolean;
  /** Elements that describe others (schemas), as they are met. */
  readonly aside: string[];
};

export type XmlWanted = {
  /** Local names of the elements that are objects; they are not looked into. */
  readonly objects: readonly string[];
  /** Local names of the elements kept aside. */
  readonly aside: readonly string[];
  /** Local names of the elements that hold objects and have a `name`. */
  readonly folders: readonly string[];
};

/** No object of a map is written longer. */
const longest = 64 * 1024 * 1024;
const mostAside = 1000;

/** @throws TerroirError file.objectTooLong */
export async function* xmlElements(
  source: TextSource,
  wanted: XmlWanted,
  state: XmlState,
  fileName: string,
): AsyncGenerator<readonly XmlElement[]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const folders: { readonly tag: string; name: string }[] = [];
  let text = '';
  let root: string | null = null;
  let closed = false;
  state.aside.length = 0;

  const take = (final: boolean): XmlElement[] => {
    const found: XmlElement[] = [];
    let at = 0;
    for (;;) {
      const open = text.indexOf('<', at);
      if (open === -1) break;
      const end = endOfPiece(open);
      if (end === null) {
        text = text.slice(open);
        if (text.length > longest) throw new TerroirError('file.objectTooLong', { name: fileName, max: longest });
        if (final) state.cut = true;
        return found;
      }
      at = piece(open, end, found);
      if (at === -1) {
        text = text.slice(open);
        if (text.length > longest) throw new TerroirError('file.objectTooLong', { name: fileName, max: longest });
        if (final) state.cut = true;
        return found;
      }
    }
    text = '';
    return found;
  };

  /** Where a tag, a comment or a CDATA section ends; null when more text is needed. */
  const endOfPiece = (open: number): number | null => {
    const close = text.startsWith('<!--', open) ? '-->' : text.startsWith('<![CDATA[', open) ? ']]>' : '>';
    const end = text.indexOf(close, open + 1);
    return end === -1 ? null : end + close.length;
  };

  /** Reads what starts with a tag. @returns where to read on, -1 when more text is needed */
  const piece = (open: number, end: number, found: XmlElement[]): number => {
    const [, slash, tag = '', local = ''] = /^<(\/?)((?:[\w.-]+:)?([\w.-]+))/.exec(text.slice(open, open + 200)) ?? [];
    if (slash === undefined) return end;
    const empty = text[end - 2] === '/';
    if (slash === '/') {
      if (tag === root) closed = true;
      if (folders.at(-1)?.tag === tag) folders.pop();
      return end;
    }
    root ??= tag;
    if (wanted.folders.includes(local) && !empty) {
      folders.push({ tag, name: '' });
      return end;
    }
    const folder = folders.at(-1);
    const isName = local === 'name' && folder !== undefined && folder.name === '';
    if (empty || !(isName || wanted.objects.includes(local) || wanted.aside.includes(local))) return end;
    const closing = `</${tag}>`;
    const last = text.indexOf(closing, end);
    if (last === -1) return -1;
    const next = last + closing.length;
    if (isName) folder.name = plainText(text.slice(end, last));
    else if (wanted.objects.includes(local)) {
      const names = folders.map(({ name }) => name).filter((name) => name !== '');
      found.push({ name: local, text: text.slice(open, next), folders: names });
    } else if (state.aside.length < mostAside) state.aside.push(text.slice(open, next));
    return next;
  };

  for await (const chunk of chunksOf(source.path, source.start)) {
    text += decoder.decode(chunk, { stream: true });
    const found = take(false);
    if (found.length > 0) yield found;
  }
  text += decoder.decode();
  const found = take(true);
  if (!closed) state.cut = true;
  if (found.length > 0) yield found;
}

/** A short text without its markup. */
export function plainText(markup: string): string {
  return markup
    .replace(/<!\[CDATA\[(.*?)\]\]>/gs, '$1')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(#x?[\da-f]+|\w+);/gi, entity)
    .replace(/\s+/g, ' ')
    .trim();
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function entity(whole: string, name: string): string {
  if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
