// The sentences of fixes, French and English side by side: buttons, what a fix did, why one was not replayed.
import type { Sentence } from '../language.ts';

export const stepLabels = {
  fixCell: { fr: 'Corriger cette cellule', en: 'Correct this cell' },
  fixAll: { fr: 'Corriger les {count} pareilles', en: 'Correct the {count} that are alike' },
  pad: { fr: 'Remettre les zéros ({count} codes)', en: 'Put the zeros back ({count} codes)' },
  rename: { fr: 'Renommer « {from} » en « {to} »', en: 'Rename "{from}" to "{to}"' },
  renameAsk: { fr: 'Donner un nom à « {from} »', en: 'Give "{from}" a name' },
  drop: { fr: 'Ne pas publier la colonne « {column} »', en: 'Do not publish column "{column}"' },
  removeRow: { fr: 'Retirer la ligne {row}', en: 'Take row {row} away' },
  asideRow: { fr: 'Mettre la ligne {row} de côté', en: 'Set row {row} aside' },
  asideAll: { fr: 'Mettre ces {count} lignes de côté', en: 'Set these {count} rows aside' },
  keep: { fr: 'Laisser tel quel', en: 'Leave as it is' },
  keepRow: { fr: 'Garder cette ligne', en: 'Keep this row' },
} as const satisfies Record<string, Sentence>;

/** What a step does, in one line of a history. */
export const stepSentences = {
  setCell: {
    fr: 'Ligne {row}, colonne « {column} » : « {from} » devient « {to} ».',
    en: 'Row {row}, column "{column}": "{from}" becomes "{to}".',
  },
  replaceValue: {
    fr: 'Colonne « {column} » : « {from} » devient « {to} » partout.',
    en: 'Column "{column}": "{from}" becomes "{to}" everywhere.',
  },
  padCodes: {
    fr: 'Colonne « {column} » : les codes retrouvent leurs zéros de gauche ({length} chiffres).',
    en: 'Column "{column}": codes get their leading zeros back ({length} digits).',
  },
  rewriteColumn: {
    fr: 'Colonne « {column} » : {as}.',
    en: 'Column "{column}": {as}.',
  },
  renameColumn: {
    fr: 'La colonne « {from} » s’appelle « {to} ».',
    en: 'Column "{from}" is called "{to}".',
  },
  dropColumn: { fr: 'La colonne « {column} » n’est pas publiée.', en: 'Column "{column}" is not published.' },
  keepAsIs: { fr: 'Laissé tel quel : {about}.', en: 'Left as it is: {about}.' },
  setAside: { fr: 'Lignes mises de côté : {about}.', en: 'Rows set aside: {about}.' },
} as const satisfies Record<string, Sentence>;

/** What is done to the writing of a column. */
export const rewriteNames = {
  date: { fr: 'les dates sont écrites année-mois-jour', en: 'days are written year-month-day' },
  datetime: { fr: 'les dates et heures sont écrites année-mois-jour', en: 'moments are written year-month-day' },
  time: { fr: 'les heures sont écrites heures:minutes:secondes', en: 'times are written hours:minutes:seconds' },
  number: {
    fr: 'les nombres sont écrits avec un point, sans espace',
    en: 'numbers are written with a point, without blanks',
  },
  integer: {
    fr: 'les nombres entiers sont écrits sans espace ni virgule',
    en: 'whole numbers are written without blanks or comma',
  },
  phone: { fr: 'les téléphones sont écrits avec leur indicatif', en: 'phones are written with their country code' },
  siret: { fr: 'les SIRET sont écrits en 14 chiffres', en: 'SIRET are written in 14 digits' },
  siren: { fr: 'les SIREN sont écrits en 9 chiffres', en: 'SIREN are written in 9 digits' },
  blanks: { fr: 'les espaces autour des textes sont retirés', en: 'blanks around texts are removed' },
} as const satisfies Record<string, Sentence>;

/** Why a step of another file finds nothing to do. */
export const unmatchedSentences = {
  columnMissing: { fr: 'la colonne n’est plus là', en: 'the column is no longer there' },
  sheetMissing: { fr: 'la feuille n’est plus là', en: 'the sheet is no longer there' },
  rowMissing: { fr: 'la ligne n’est plus là', en: 'the row is no longer there' },
  valueMissing: { fr: 'cette valeur n’est plus dans le fichier', en: 'this value is no longer in the file' },
  alreadyRight: { fr: 'c’est déjà corrigé dans le fichier', en: 'it is already right in the file' },
  problemMissing: { fr: 'ce problème n’est plus dans le fichier', en: 'this problem is no longer in the file' },
  ambiguous: {
    fr: 'la valeur est à plusieurs endroits : choisissez lequel',
    en: 'the value is in several places: choose which one',
  },
} as const satisfies Record<string, Sentence>;

/** Said of steps in the report of a file. */
export const stepProblemMessages = {
  'step.unmatched': {
    fr: 'Une correction enregistrée ({value}) n’a rien trouvé à faire dans ce fichier.',
    en: 'A recorded correction ({value}) found nothing to do in this file.',
  },
  'step.proposed': {
    fr: '{count} corrections de l’an dernier proposées.',
    en: '{count} corrections of last year are proposed.',
  },
  'row.setAside': {
    fr: '{count} lignes mises de côté (la première est la ligne {row}). Elles ne sont pas publiées ; vous pouvez les télécharger.',
    en: '{count} rows set aside (the first one is row {row}). They are not published; you can download them.',
  },
} as const satisfies Record<string, Sentence>;

/** Why a row was set aside, in the file of the rows set aside. */
export const asideReasons = {
  chosen: { fr: 'Mise de côté par le producteur.', en: 'Set aside by the producer.' },
  value: { fr: 'Colonne « {column} » : « {value} ».', en: 'Column "{column}": "{value}".' },
} as const satisfies Record<string, Sentence>;
