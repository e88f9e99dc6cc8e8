// Folding of texts: what makes « Équipé » and "equipe" the same name, address or search word.

const ligatures: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};

/** Lower case without accents or ligatures: « Cœur d’Été » → "coeur d’ete". */
export function foldText(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[œæßøłđðþ]/g, (letter) => ligatures[letter] ?? letter);
}

/** Folded ASCII words joined by a separator, nothing at the ends: « Année (n+1) » → "annee_n_1". */
export function foldedWords(text: string, separator: '_' | '-'): string {
  return foldText(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .replaceAll(' ', separator);
}

/** The short name of a thing in an address: « Ville de Saint-Avertin » → "ville-de-saint-avertin". */
export function slugify(text: string): string {
  return foldedWords(text, '-');
}

/** The name of a column in every API, empty when the header holds no letter or digit. */
export function columnName(header: string): string {
  return foldedWords(header, '_');
}

/** The same names, the second one that repeats another ending in _2, the third in _3 …; reserved ones count as taken. */
export function uniqueNames(names: readonly string[], reserved: readonly string[] = []): readonly string[] {
  const taken = new Set(reserved);
  return names.map((name) => {
    let unique = name;
    for (let number = 2; taken.has(unique); number++) unique = `${name}_${number}`;
    taken.add(unique);
    return unique;
  });
}
