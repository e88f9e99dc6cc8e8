// The words of French collection notices: what is collected, days, months, numbers; folded, without accents.

export const frenchWeekdays = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];
const shortWeekdays = ['lun', 'mar', 'mer', 'jeu', 'ven', 'sam', 'dim'];
const months: readonly (readonly string[])[] = [
  ['janvier', 'janv'],
  ['fevrier', 'fevr', 'fev'],
  ['mars'],
  ['avril', 'avr'],
  ['mai'],
  ['juin'],
  ['juillet', 'juil'],
  ['aout'],
  ['septembre', 'sept'],
  ['octobre', 'oct'],
  ['novembre', 'nov'],
  ['decembre', 'dec'],
];
const ordinals: readonly (readonly [pattern: string, nth: number])[] = [
  ['1er|1ers|premiers?|premiere', 1],
  ['2e|2eme|2nd|2de|deuxiemes?|seconds?', 2],
  ['3e|3eme|troisiemes?', 3],
  ['4e|4eme|quatriemes?', 4],
  ['5e|5eme|cinquiemes?', 5],
  ['derniers?', -1],
];
const amounts: Readonly<Record<string, number>> = { un: 1, une: 1, deux: 2, trois: 3, quatre: 4 };

export const dayPattern = `(?:(?:${frenchWeekdays.join('|')})s?|(?:${shortWeekdays.join('|')})(?: \\.)?)`;
export const monthPattern = `(?:(?:${months.flat().join('|')})(?: \\.)?)`;
export const ordinalPattern = `(?:${ordinals.map(([pattern]) => pattern).join('|')})`;
export const datePattern = `(?:(?:1er|\\d{1,2}) ${monthPattern}(?: \\d{4})?|\\d{1,2}/\\d{1,2}(?:/\\d{4})?|\\d{4}-\\d\\d-\\d\\d)`;
export const timePattern = `(?:\\d{1,2} ?h(?: ?\\d\\d)?|\\d{1,2} heures?|\\d{1,2}:\\d\\d)`;
export const amountPattern = '(?:\\d{1,2}|un|une|deux|trois|quatre)';
export const containerPattern = '(?:bacs?|sacs?|poubelles?|conteneurs?|containers?|couvercles?)';

/** 1 Monday to 7 Sunday. */
export function weekdayNumber(word: string): number {
  return frenchWeekdays.findIndex((day) => word.startsWith(day.slice(0, 3))) + 1;
}

/** 1 to 12. */
export function monthNumber(word: string): number {
  const bare = word.replace(/ ?\.$/, '');
  return months.findIndex((names) => names.includes(bare)) + 1;
}

export function ordinalNumber(word: string): number {
  return ordinals.find(([pattern]) => new RegExp(`^(?:${pattern})$`).test(word))?.[1] ?? 0;
}

export function amountNumber(word: string): number {
  return amounts[word] ?? Number(word);
}

const named: readonly (readonly [pattern: string, code: string])[] = [
  [
    'ordures(?: menageres)?(?: residuelles)?|omr?|menageres|dechets menagers(?: residuels)?|residuels?',
    'ordures ménagères',
  ],
  ['dechets verts|dechets vegetaux|vegetaux|dechets de jardin', 'végétaux'],
  ['dechets alimentaires|bio ?- ?dechets|biodechets', 'biodéchets'],
  ['emballages(?: recyclables| menagers)?', 'emballages'],
  ['collecte selective|tri selectif|selectif|dechets recyclables|recyclables?', 'recyclables'],
  ['papiers?(?: ?[,/-]? cartons?)?|journaux', 'papier'],
  ['cartons?', 'cartons'],
  ['verres?', 'verre'],
  ['encombrants?|monstres', 'encombrants'],
];
const colours: readonly (readonly [pattern: string, code: string])[] = [
  ['jaunes?', 'jaune'],
  ['bleue?s?', 'bleu'],
  ['verte?s?', 'vert'],
  ['grise?s?', 'gris'],
  ['marrons?', 'marron'],
  ['brune?s?', 'marron'],
  ['noire?s?', 'noir'],
  ['rouges?', 'rouge'],
  ['oranges?', 'orange'],
];
const namedPattern = named.map(([pattern]) => pattern).join('|');
const colourPattern = colours.map(([pattern]) => pattern).join('|');

/** « Ordures ménagères (bac gris) » and « bac jaune (recyclables) » name one stream twice. */
export const streamPattern =
  `(?:(?:${namedPattern})(?: \\( (?:${containerPattern} )?(?:a couvercle )?(?:${colourPattern}) \\))?` +
  `|(?:${colourPattern})(?: \\( (?:${namedPattern}) \\))?)`;

/** The stream that a folded text names: by its kind of waste when that is said, else by the colour of its bin. */
export function streamCode(words: string): string {
  const find = (table: typeof named) =>
    table.find(([pattern]) => new RegExp(`(?:^|[( ])(?:${pattern})(?:$|[ )])`).test(words))?.[1];
  return find(named) ?? find(colours) ?? words;
}
