// The encodings of dBase texts: what a .cpg file or a language number names, and how their bytes are read.
import { windows1252ToUtf8 } from '../encoding.ts';

export type CodePage = 'UTF-8' | 'windows-1252' | 'CP850' | 'CP437';

/** Signs of bytes 0x80–0xFF of the DOS code pages (Unicode Consortium, MICSFT/PC). */
const dos = {
  CP850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
  CP437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
} as const;

const windows1252 = Array.from({ length: 128 }, (_, i) =>
  Buffer.from(windows1252ToUtf8[i + 128] ?? []).toString('utf8'),
);
const tables = { 'windows-1252': windows1252, CP850: [...dos.CP850], CP437: [...dos.CP437] } as const;

/** What a .cpg file says: "UTF-8", "1252", "ISO-8859-1", "ANSI 1252", "65001" …; null when it says nothing known. */
export function codePageOf(cpg: string): CodePage | null {
  const text = cpg.trim().toUpperCase();
  if (/UTF-?8|65001/.test(text)) return 'UTF-8';
  if (/1252|8859[-_ ]?0?1(5)?\b|88591|LATIN|ANSI/.test(text)) return 'windows-1252';
  if (/850/.test(text)) return 'CP850';
  return /437/.test(text) ? 'CP437' : null;
}

/** The language number in a dBase header (byte 29); null when it says nothing known. */
export function codePageOfLanguage(number: number): CodePage | null {
  if (number === 0x03 || (number >= 0x57 && number <= 0x59)) return 'windows-1252';
  if ([0x02, 0x0a, 0x0d, 0x0e, 0x10, 0x11, 0x14, 0x16, 0x18, 0x19, 0x1b, 0x1d].includes(number)) return 'CP850';
  return number === 0x01 || number === 0x0b || number === 0x0f || number === 0x15 ? 'CP437' : null;
}

export function decode(bytes: Buffer, page: CodePage): string {
  if (page === 'UTF-8') return bytes.toString('utf8');
  const table = tables[page];
  let text = '';
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : (table[byte - 0x80] ?? '');
  return text;
}
