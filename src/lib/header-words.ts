// The words of a header, however it was written: "canteen_city_insee_code", "codeInsee" and "Code INSEE" speak alike.
import { foldedWords } from './text.ts';

/** Folded words of a header, cut at separators and where small letters give way to a capital. */
export function headerWords(title: string): readonly string[] {
  const apart = title.replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2');
  return foldedWords(apart, '_')
    .split('_')
    .filter((word) => word !== '');
}
