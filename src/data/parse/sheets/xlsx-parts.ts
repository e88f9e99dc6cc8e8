// What an XLSX workbook says of itself before its sheets: their names and places, its texts, its number formats.
import { builtInMeaning, meaningOf, type NumberMeaning } from './number-format.ts';
import { type TextStore, textStore } from './text-store.ts';
import { attribute, decodeXml, scanXml } from './xml-scanner.ts';
import type { ZipParts } from './zip-parts.ts';

export type SheetPlace = { readonly name: string; readonly hidden: boolean; readonly part: string };

export type XlsxWorkbook = {
  readonly sheets: readonly SheetPlace[];
  readonly from1904: boolean;
  readonly macros: boolean;
  /** Null when the part is not there. */
  readonly texts: TextStore | null;
  /** What a number means, by the index of its cell's style; null when the part is not there. */
  readonly meanings: readonly NumberMeaning[] | null;
};

/** @returns null when the zip holds no workbook */
export async function readXlsxWorkbook(parts: ZipParts): Promise<XlsxWorkbook | null> {
  const root = (await relations(parts, '_rels/.rels')).find(({ type }) => type.endsWith('/officeDocument'));
  const part = [root?.target ?? '', 'xl/workbook.xml'].find((name) => parts.has(name));
  if (part === undefined) return null;
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const links = await relations(parts, `${folder}_rels/${part.slice(folder.length)}.rels`, folder);
  const { sheets, from1904 } = await readSheetList(parts, part);
  const partOf = (ending: string, usual: string) =>
    links.find(({ type }) => type.endsWith(`/${ending}`))?.target ?? folder + usual;
  return {
    sheets: sheets.map(({ id, name, hidden }, index) => ({
      name,
      hidden,
      part: links.find((link) => link.id === id)?.target ?? `${folder}worksheets/sheet${index + 1}.xml`,
    })),
    from1904,
    macros: parts.names().some((name) => /(^|\/)vbaProject\.bin$/i.test(name)),
    texts: await readSharedTexts(parts, partOf('sharedStrings', 'sharedStrings.xml')),
    meanings: await readMeanings(parts, partOf('styles', 'styles.xml')),
  };
}

type Relation = { readonly id: string; readonly type: string; readonly target: string };

async function relations(parts: ZipParts, part: string, folder = ''): Promise<readonly Relation[]> {
  const found: Relation[] = [];
  await scanXml(parts.stream(part), {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      const target = attribute(attributes, 'Target') ?? '';
      found.push({
        id: attribute(attributes, 'Id') ?? '',
        type: attribute(attributes, 'Type') ?? '',
        target: target.startsWith('/') ? target.slice(1) : resolved(folder + target),
      });
    },
    text() {},
    close() {},
  });
  return found;
}

function resolved(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

async function readSheetList(parts: ZipParts, part: string) {
  const sheets: { id: string; name: string; hidden: boolean }[] = [];
  let from1904 = false;
  await scanXml(parts.stream(part), {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = isTrue(attribute(attributes, 'date1904'));
      if (name !== 'sheet') return;
      const id = /(?:^|\s)(?:\w+:)?id\s*=\s*["']([^"']*)/.exec(attributes)?.[1] ?? '';
      const state = attribute(attributes, 'state');
      sheets.push({
        id,
        name: attribute(attributes, 'name') ?? '',
        hidden: state === 'hidden' || state === 'veryHidden',
      });
    },
    text() {},
    close() {},
  });
  return { sheets, from1904 };
}

/** Rich texts are joined; phonetic guides are left out. */
async function readSharedTexts(parts: ZipParts, part: string): Promise<TextStore | null> {
  if (!parts.has(part)) return null;
  const texts = textStore();
  let [current, inText, inGuide] = ['', false, false];
  await scanXml(parts.stream(part), {
    open(name) {
      if (name === 'si') current = '';
      else if (name === 't') inText = !inGuide;
      else if (name === 'rPh') inGuide = true;
    },
    text(text) {
      if (inText) current += text;
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') inGuide = false;
      else if (name === 'si') texts.add(sheetText(current));
    },
  });
  return texts;
}

/** A text as written in a workbook's XML: entities, and control signs written _x000D_. */
export function sheetText(raw: string): string {
  const text = decodeXml(raw);
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, code) => String.fromCharCode(Number.parseInt(code as string, 16)));
}

async function readMeanings(parts: ZipParts, part: string): Promise<readonly NumberMeaning[] | null> {
  if (!parts.has(part)) return null;
  const written = new Map<number, NumberMeaning>();
  const styles: number[] = [];
  let inCellStyles = false;
  await scanXml(parts.stream(part), {
    open(name, attributes) {
      if (name === 'cellXfs') inCellStyles = true;
      else if (name === 'numFmt')
        written.set(Number(attribute(attributes, 'numFmtId')), meaningOf(attribute(attributes, 'formatCode') ?? ''));
      else if (name === 'xf' && inCellStyles) styles.push(Number(attribute(attributes, 'numFmtId') ?? 0));
    },
    text() {},
    close(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  return styles.map((id) => written.get(id) ?? builtInMeaning(id));
}

export function isTrue(value: string | null): boolean {
  return value === '1' || value === 'true';
}
