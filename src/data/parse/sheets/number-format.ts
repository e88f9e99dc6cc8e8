// What a number of a spreadsheet means by the format it is shown in: a number, a code with zeros, a date, a time.

export type NumberMeaning =
  | { readonly kind: 'number' }
  /** `pattern` holds the digits' places from left to right ("0") and the signs between them. */
  | { readonly kind: 'code'; readonly pattern: string; readonly places: number }
  | { readonly kind: 'date' | 'moment' | 'time' | 'duration' };

const plain: NumberMeaning = { kind: 'number' };

/** ECMA-376 part 1, 18.8.30: formats that a file names by number without writing them. */
export function builtInMeaning(id: number): NumberMeaning {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return { kind: 'date' };
  if (id === 22) return { kind: 'moment' };
  if (id === 46) return { kind: 'duration' };
  return (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 45 || id === 47 ? { kind: 'time' } : plain;
}

/** @param format as workbooks write it: "dd/mm/yyyy", "00000", `0#" "##" "##`, "#,##0.00" … */
export function meaningOf(format: string): NumberMeaning {
  const [first = ''] = format.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  const bare = first
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!(h+|m+|s+)\])[^\]]*\]/gi, '')
    .replace(/general|standard/gi, '');
  if (/\[(h+|m+|s+)\]/i.test(bare)) return { kind: 'duration' };
  const time = /[hs]/i.test(bare);
  if (/[yd]/i.test(bare) || (/m/i.test(bare) && !time)) return { kind: time ? 'moment' : 'date' };
  if (time) return { kind: 'time' };
  return codeMeaning(first);
}

/** A format that begins with a zero and has more places shows codes: 00000 for communes, 0# ## ## ## ## for telephones. */
function codeMeaning(format: string): NumberMeaning {
  const pattern = format
    .replace(/\[[^\]]*\]/g, '')
    .replace(/_.|\*./g, '')
    .replace(/"([^"]*)"|\\(.)/g, (_, quoted, escaped) => (quoted ?? escaped).replace(/[0#?.,%E/]/g, ''));
  if (!/^[^0#?]*0/.test(pattern) || /[.,%E/@?]/.test(pattern)) return plain;
  const places = pattern.replace(/[^0#]/g, '').length;
  return places >= 2 ? { kind: 'code', pattern: pattern.replaceAll('#', '0'), places } : plain;
}

/**
 * The canonical text of a number.
 * @param text as the file has it ("12.300000000000001", "1E5")
 */
export function numberText(text: string, meaning: NumberMeaning, from1904: boolean): string {
  if (meaning.kind === 'number' && text.length < 16 && /^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d*[1-9])$/.test(text))
    return text;
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  switch (meaning.kind) {
    case 'number':
      return canonicalNumber(value);
    case 'code':
      return Number.isInteger(value) && value >= 0 ? codeText(value, meaning) : canonicalNumber(value);
    case 'duration':
      return value < 0 ? canonicalNumber(value) : clock(Math.round(value * 86_400));
    default:
      return momentText(value, meaning.kind, from1904) ?? canonicalNumber(value);
  }
}

/** Spreadsheets keep 15 digits: what comes after is noise of binary numbers. No exponent, no needless digit. */
export function canonicalNumber(value: number): string {
  const rounded = Number.isSafeInteger(value) ? value : Number(value.toPrecision(15));
  const text = String(rounded === 0 ? 0 : rounded);
  const parts = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (parts === null) return text;
  const [, sign = '', whole = '', decimals = '', exponent = ''] = parts;
  const power = Number(exponent);
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${whole}${decimals}`;
  return `${sign}${whole}${decimals}${'0'.repeat(Math.max(0, power - decimals.length))}`;
}

function codeText(value: number, { pattern, places }: { pattern: string; places: number }): string {
  const digits = canonicalNumber(value).padStart(places, '0');
  // Digits beyond the places stand before the first one.
  let next = digits.length - places;
  let first = true;
  let text = '';
  for (const sign of pattern) {
    if (sign !== '0') text += sign;
    else if (first) {
      text += digits.slice(0, ++next);
      first = false;
    } else text += digits[next++];
  }
  return text.trim();
}

const dayMilliseconds = 86_400_000;

/** Days since the spreadsheet's first day as an ISO text; null when no calendar has it. */
function momentText(serial: number, kind: 'date' | 'moment' | 'time', from1904: boolean): string | null {
  if (serial < 0 || serial >= 2_958_466) return null;
  const seconds = Math.round(serial * 86_400);
  const days = Math.floor(seconds / 86_400);
  if (kind === 'time') return clock(seconds - days * 86_400);
  // Excel's calendar of 1900 has a 29 February that never was: days before it are one further.
  const origin = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const date = dayText(origin + days * dayMilliseconds);
  return kind === 'date' ? date : `${date}T${clock(seconds - days * 86_400)}`;
}

/** Days come back by the thousand in a column, and a calendar is slow. */
const knownDays = new Map<number, string>();
const mostKnownDays = 20_000;

function dayText(time: number): string {
  const known = knownDays.get(time);
  if (known !== undefined) return known;
  const text = new Date(time).toISOString().slice(0, 10);
  if (knownDays.size >= mostKnownDays) knownDays.clear();
  knownDays.set(time, text);
  return text;
}

function clock(seconds: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
