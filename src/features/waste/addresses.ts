// From what people write (« 12 bis av. de la République ») to a street and a number.
import { foldedWords } from '../../lib/text.ts';
import type { WasteStreet } from './schemas.ts';

const written: Readonly<Record<string, string>> = {
  av: 'avenue',
  ave: 'avenue',
  bd: 'boulevard',
  bld: 'boulevard',
  boul: 'boulevard',
  all: 'allee',
  ch: 'chemin',
  che: 'chemin',
  imp: 'impasse',
  pl: 'place',
  r: 'rue',
  rte: 'route',
  sq: 'square',
  res: 'residence',
  lot: 'lotissement',
  st: 'saint',
  ste: 'sainte',
  gal: 'general',
  mal: 'marechal',
  dr: 'docteur',
};
const small = new Set(['de', 'du', 'des', 'd', 'la', 'le', 'les', 'l']);

/** Words of a street's name without accents, abbreviations written out. */
export function streetKey(name: string): string {
  return foldedWords(name, '-')
    .split('-')
    .map((word) => written[word] ?? word)
    .join(' ');
}

/** The number and the street of an address; the number is null when there is none. */
export function readAddress(text: string): { readonly number: number | null; readonly key: string } {
  const [, number, rest] = /^\s*(\d{1,5})\s*(?:bis|ter|quater|[a-d](?=[\s,]))?[\s,]+(.*)$/isu.exec(text) ?? [];
  return { number: number === undefined ? null : Number(number), key: streetKey(rest ?? text) };
}

/** Streets by their keys: a batch of a hundred thousand addresses does not go through all streets for each. */
const known = new WeakMap<readonly WasteStreet[], ReadonlyMap<string, readonly WasteStreet[]>>();

function byKey(streets: readonly WasteStreet[]): ReadonlyMap<string, readonly WasteStreet[]> {
  const found = known.get(streets) ?? Map.groupBy(streets, ({ key }) => key);
  known.set(streets, found);
  return found;
}

/** The streets that an address may be in: of that name, else whose name holds all its words; on the right side, if it says one. */
export function streetsOf(
  streets: readonly WasteStreet[],
  address: string,
  insee: string | null,
): readonly WasteStreet[] {
  const { number, key } = readAddress(address);
  if (key === '') return [];
  const isNear = (street: WasteStreet) => insee === null || street.insee === null || street.insee === insee;
  const named = exactly(byKey(streets), key, isNear) ?? holding(streets.filter(isNear), key);
  return named.filter((street) => number === null || serves(street, number));
}

/** Those whose whole name the text begins with, the longest such name. */
function exactly(
  streets: ReadonlyMap<string, readonly WasteStreet[]>,
  key: string,
  isNear: (street: WasteStreet) => boolean,
): readonly WasteStreet[] | null {
  for (let end = key.length; end > 0; end = key.lastIndexOf(' ', end - 1)) {
    const near = (streets.get(key.slice(0, end)) ?? []).filter(isNear);
    if (near.length > 0) return near;
  }
  return null;
}

function holding(streets: readonly WasteStreet[], key: string): readonly WasteStreet[] {
  const words = key.split(' ').filter((word) => word.length > 1 && !small.has(word));
  if (words.length === 0) return [];
  return streets.filter((street) => {
    const own = street.key.split(' ');
    return words.every((word) => own.some((each) => each.startsWith(word)));
  });
}

function serves({ side, from, to }: WasteStreet, number: number): boolean {
  const right = side === null || (number % 2 === 0) === (side === 'even');
  return right && (from === null || number >= from) && (to === null || number <= to);
}
