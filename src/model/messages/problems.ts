// The sentences of problems found in files, French and English side by side: où, quoi, attendu, geste.
import type { Sentence } from '../language.ts';
import { personalProblemMessages } from './personal-problems.ts';
import { schemaProblemMessages } from './schema-problems.ts';
import { shapeProblemMessages } from './shape-problems.ts';
import { stepProblemMessages } from './steps.ts';
import { wasteProblemMessages } from './waste-problems.ts';

export const problemMessages = {
  ...stepProblemMessages,
  ...personalProblemMessages,
  ...schemaProblemMessages,
  ...shapeProblemMessages,
  ...wasteProblemMessages,
  'encoding.mixed': {
    fr: '{count} lignes ne sont pas écrites dans le même encodage que le reste ({expected}). Nous les avons relues en {proposal} : vérifiez la ligne {row}.',
    en: '{count} lines are not in the same encoding as the rest ({expected}). We read them as {proposal}: check line {row}.',
  },
  'encoding.mojibake': {
    fr: 'Colonne « {column} » : les accents sont abîmés (« {value} »). Nous proposons « {proposal} ».',
    en: 'Column "{column}": accents are damaged ("{value}"). We propose "{proposal}".',
  },
  'file.nulBytes': {
    fr: 'Le fichier contient {count} caractères invisibles (NUL). Nous les avons retirés.',
    en: 'The file holds {count} invisible characters (NUL). We removed them.',
  },
  'file.otherFormat': {
    fr: 'Le fichier « {value} » porte un nom de classeur, mais c’est en réalité du {expected}. Nous l’avons lu comme tel.',
    en: 'The file "{value}" is named like a workbook, but it is really {expected}. We read it as such.',
  },
  'archive.fileSkipped': {
    fr: 'Dans l’archive, « {value} » n’a pas pu être lu : nous l’avons laissé de côté.',
    en: 'In the archive, "{value}" could not be read: we left it aside.',
  },
  'workbook.macros': {
    fr: 'Le classeur contient des macros. Nous ne les exécutons pas et ne les publions pas : seules les données sont lues.',
    en: 'The workbook holds macros. We neither run nor publish them: only the data is read.',
  },
  'workbook.partMissing': {
    fr: 'Le classeur est incomplet : il y manque « {value} ». Nous avons lu le reste. Ouvrez-le dans votre tableur, enregistrez-le de nouveau, puis redéposez-le.',
    en: 'The workbook is incomplete: "{value}" is missing. We read the rest. Open it in your spreadsheet software, save it again, then deposit it again.',
  },
  'sheet.cut': {
    fr: 'La fin de la feuille manque : le fichier a été coupé. Nous avons lu jusqu’à la ligne {row}. Enregistrez-le de nouveau et redéposez-le.',
    en: 'The end of the sheet is missing: the file was cut. We read down to row {row}. Save it again and deposit it again.',
  },
  'sheet.hidden': {
    fr: 'Cette feuille est masquée dans le classeur. Nous l’avons lue : vérifiez qu’elle peut être publiée.',
    en: 'This sheet is hidden in the workbook. We read it: check that it may be published.',
  },
  'sheet.textOnly': {
    fr: 'Cette feuille ne contient que du texte (« {value} ») : ce n’est pas un tableau, nous la laissons de côté.',
    en: 'This sheet holds text only ("{value}"): it is no table, we leave it aside.',
  },
  'sheet.sideBySide': {
    fr: '{count} tableaux sont côte à côte (colonnes {value}). Nous les lisons séparément ; mieux vaut une feuille par tableau.',
    en: '{count} tables stand side by side (columns {value}). We read them separately; one sheet per table is better.',
  },
  'column.aside': {
    fr: 'Les quelques mots écrits à côté du tableau (colonnes {value}) n’en font pas partie : nous les laissons de côté.',
    en: 'The few words written beside the table (columns {value}) are not part of it: we leave them aside.',
  },
  'column.hidden': {
    fr: 'La colonne « {column} » ({value}) est masquée dans le classeur. Nous la lisons : vérifiez qu’elle peut être publiée.',
    en: 'Column "{column}" ({value}) is hidden in the workbook. We read it: check that it may be published.',
  },
  'row.hidden': {
    fr: '{count} lignes sont masquées dans le classeur (la première est la ligne {row}). Nous les lisons : vérifiez qu’elles peuvent être publiées.',
    en: '{count} rows are hidden in the workbook (the first one is row {row}). We read them: check that they may be published.',
  },
  'row.section': {
    fr: '{count} lignes ne remplissent que leur première case (la première est la ligne {row}, « {value} »). Si ce sont des titres de partie, mettez-les plutôt dans une colonne.',
    en: '{count} rows fill only their first cell (the first one is row {row}, "{value}"). If they are titles of parts, put them in a column instead.',
  },
  'row.note': {
    fr: 'La ligne {row}, sous le tableau, est une note (« {value} »). Nous la laissons de côté.',
    en: 'Row {row}, below the table, is a note ("{value}"). We leave it aside.',
  },
  'row.far': {
    fr: 'La ligne {row} est très loin sous le tableau, qui s’arrête à la ligne {expected}. Nous ne la lisons pas : effacez-la ou rapprochez-la.',
    en: 'Row {row} is very far below the table, which ends at row {expected}. We do not read it: erase it or bring it closer.',
  },
  'cell.merged': {
    fr: '{count} groupes de cases sont fusionnés sur plusieurs lignes (le premier est en {cell}). Nous répétons leur valeur sur chaque ligne.',
    en: '{count} groups of cells are merged over several rows (the first one is {cell}). We repeat their value on each row.',
  },
  'formula.error': {
    fr: 'Colonne « {column} » : {count} cases affichent l’erreur {value} (la première est {cell}). Nous les lisons comme vides : corrigez la formule ou tapez la valeur.',
    en: 'Column "{column}": {count} cells show the error {value} (the first one is {cell}). We read them as empty: correct the formula or type the value.',
  },
  'formula.noValue': {
    fr: 'Colonne « {column} » : {count} formules n’ont pas de résultat enregistré (la première est en {cell}). Ouvrez le classeur dans votre tableur, enregistrez-le, puis redéposez-le.',
    en: 'Column "{column}": {count} formulas have no saved result (the first one is in {cell}). Open the workbook in your spreadsheet software, save it, then deposit it again.',
  },
  'table.others': {
    fr: 'Le fichier contient {count} tableaux. Nous prenons « {value} », le plus grand. Les autres : {expected}. Vous pouvez en choisir un autre.',
    en: 'The file holds {count} tables. We take "{value}", the largest. The others: {expected}. You may choose another one.',
  },
  'header.lines': {
    fr: 'L’en-tête tient sur {count} lignes. Nous les avons réunies, par exemple « {value} ».',
    en: 'The header spreads over {count} lines. We joined them, for instance "{value}".',
  },
  'header.titleRows': {
    fr: '{count} lignes de titre sont au-dessus du tableau. Nous commençons à la ligne {row}.',
    en: '{count} title lines stand above the table. We start at line {row}.',
  },
  'header.missing': {
    fr: 'La colonne {cell} n’a pas de nom. Nous l’appelons « {proposal} ».',
    en: 'Column {cell} has no name. We call it "{proposal}".',
  },
  'header.absent': {
    fr: 'Le fichier n’a pas de ligne d’en-tête : nous nommons les colonnes nous-mêmes.',
    en: 'The file has no header row: we name the columns ourselves.',
  },
  'header.duplicate': {
    fr: 'Deux colonnes s’appellent « {column} » (cellule {cell}). Nous nommons la seconde « {proposal} ».',
    en: 'Two columns are called "{column}" (cell {cell}). We name the second one "{proposal}".',
  },
  'header.repeated': {
    fr: 'La ligne {row} répète l’en-tête. Nous l’avons retirée des données.',
    en: 'Line {row} repeats the header. We left it out of the data.',
  },
  'row.empty': {
    fr: '{count} lignes sont vides (la première est la ligne {row}). Nous les avons retirées.',
    en: '{count} rows are empty (the first one is row {row}). We left them out.',
  },
  'row.ragged': {
    fr: 'Ligne {row} : {value} cases au lieu de {expected}. Vérifiez les séparateurs de cette ligne.',
    en: 'Row {row}: {value} cells instead of {expected}. Check the delimiters of this row.',
  },
  'row.total': {
    fr: 'La ligne {row} ressemble à un total. Dans une donnée ouverte, on la retire : chacun peut la recalculer.',
    en: 'Row {row} looks like a total. Open data leaves it out: anyone can compute it again.',
  },
  'row.duplicate': {
    fr: '{count} lignes sont identiques à une autre (la première est la ligne {row}).',
    en: '{count} rows are identical to another one (the first one is row {row}).',
  },
  'column.empty': {
    fr: 'La colonne « {column} » est entièrement vide.',
    en: 'Column "{column}" is entirely empty.',
  },
  'quote.unclosed': {
    fr: 'Ligne {row} : un guillemet ouvert n’est jamais fermé. Nous avons lu la ligne telle quelle ; fermez le guillemet.',
    en: 'Row {row}: an opened quote is never closed. We read the line as it is; close the quote.',
  },
  'quote.stray': {
    fr: 'Cellule {cell} : un guillemet isolé au milieu du texte (« {value} »). Nous l’avons gardé tel quel.',
    en: 'Cell {cell}: a stray quote inside the text ("{value}"). We kept it as it is.',
  },
  'type.mixed': {
    fr: 'Colonne « {column} » : {count} valeurs ne sont pas du type attendu ({expected}), par exemple « {value} » en {cell}. La colonne reste en texte.',
    en: 'Column "{column}": {count} values are not of the expected type ({expected}), for instance "{value}" in {cell}. The column stays text.',
  },
  'value.missingMarker': {
    fr: 'Colonne « {column} » : {count} cases « {value} » sont lues comme vides.',
    en: 'Column "{column}": {count} cells "{value}" are read as empty.',
  },
  'number.comma': {
    fr: 'Colonne « {column} » : nombres avec une virgule (« {value} »). Nous écrirons {proposal} dans le fichier ouvert. Rien ne change dans votre fichier.',
    en: 'Column "{column}": numbers with a decimal comma ("{value}"). We write {proposal} in the open file. Nothing changes in your file.',
  },
  'number.scientific': {
    fr: 'Cellule {cell} : un tableur a transformé le nombre en « {value} » et perdu des chiffres. Retapez la valeur complète.',
    en: 'Cell {cell}: a spreadsheet turned the number into "{value}" and lost digits. Type the full value again.',
  },
  'code.leadingZero': {
    fr: 'Colonne « {column} » : {count} codes ont perdu leur zéro de gauche, par exemple « {value} » en {cell} au lieu de « {proposal} ».',
    en: 'Column "{column}": {count} codes lost their leading zero, for instance "{value}" in {cell} instead of "{proposal}".',
  },
  'date.invalid': {
    fr: 'Cellule {cell} : « {value} » n’existe pas dans le calendrier. Écrivez une date comme {expected}.',
    en: 'Cell {cell}: "{value}" does not exist in the calendar. Write a date like {expected}.',
  },
  'date.ambiguous': {
    fr: 'Colonne « {column} » : « {value} » peut se lire de deux façons. Nous lisons {proposal} dans toute la colonne.',
    en: 'Column "{column}": "{value}" can be read in two ways. We read {proposal} in the whole column.',
  },
  'geo.outside': {
    fr: '{count} points sont hors du monde ou à zéro (la première est la ligne {row}).',
    en: '{count} points are out of the world or at zero (the first one is row {row}).',
  },
  'geo.swapped': {
    fr: 'Latitude et longitude semblent inversées dans « {column} » : telles quelles, vos points tomberaient loin d’ici. Nous les avons remises dans l’ordre (ligne {row} : {proposal}). Vérifiez sur la carte.',
    en: 'Latitude and longitude seem swapped in "{column}": as they stand, your points would fall far away. We put them in order (row {row}: {proposal}). Check on the map.',
  },
} as const satisfies Record<string, Sentence>;

/** Where a problem is, put before its sentence. */
export const problemPlaces = {
  inSheet: { fr: 'Feuille « {sheet} » · {message}', en: 'Sheet "{sheet}" · {message}' },
  inLayer: { fr: 'Couche « {sheet} » · {message}', en: 'Layer "{sheet}" · {message}' },
} as const satisfies Record<string, Sentence>;

/** How places are said where rows are objects of a list or of a map, the longest words first. */
export const objectWords: Readonly<Record<'fr' | 'en', readonly (readonly [string, string])[]>> = {
  fr: [
    ['Cellule {cell}', 'Objet n° {row}'],
    ['La ligne {row}', 'L’objet n° {row}'],
    ['à la ligne {row}', 'à l’objet n° {row}'],
    ['la ligne {row}', 'l’objet n° {row}'],
    ['Ligne {row}', 'Objet n° {row}'],
    ['ligne {row}', 'objet n° {row}'],
    ['en {cell}', 'à l’objet n° {row}'],
    ['est {cell}', 'est l’objet n° {row}'],
  ],
  en: [
    ['Cell {cell}', 'Object no. {row}'],
    ['Row {row}', 'Object no. {row}'],
    ['row {row}', 'object no. {row}'],
    ['in {cell}', 'at object no. {row}'],
    ['is {cell}', 'is object no. {row}'],
  ],
};
