// The sentences of what a schema finds in a file: où, quoi, attendu, geste. A proposal and a number of cells are added to them.
import type { Sentence } from '../language.ts';

export const schemaProblemMessages = {
  'column.required': {
    fr: 'Il manque la colonne « {column} », que le modèle demande.',
    en: 'Column "{column}" is missing; the model asks for it.',
  },
  'column.optional': {
    fr: 'La colonne facultative « {column} » n’est pas dans le fichier. Vous pouvez l’ajouter.',
    en: 'The optional column "{column}" is not in the file. You may add it.',
  },
  'column.extra': {
    fr: 'La colonne « {column} » ne fait pas partie du modèle. Elle sera publiée telle quelle, sauf si vous la retirez.',
    en: 'Column "{column}" is not part of the model. It is published as it is, unless you take it away.',
  },
  'column.renamed': {
    fr: 'Cellule {cell} : la colonne « {value} » s’écrit « {proposal} » dans le modèle. Renommez-la.',
    en: 'Cell {cell}: column "{value}" is written "{proposal}" in the model. Rename it.',
  },
  'column.repeated': {
    fr: 'La colonne « {column} » est là deux fois ({cell}). Gardez-en une seule.',
    en: 'Column "{column}" is there twice ({cell}). Keep only one.',
  },
  'column.order': {
    fr: 'Les colonnes ne sont pas dans l’ordre du modèle : « {column} » vient avant « {expected} ». Ce n’est pas bloquant.',
    en: 'Columns are not in the model’s order: "{column}" comes before "{expected}". This does not block.',
  },
  'type.integer': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’est pas un nombre entier. Attendu : un nombre comme {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is not a whole number. Expected: a number like {expected}.',
  },
  'type.number': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’est pas un nombre que les logiciels relisent. Attendu : un nombre comme {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is not a number that software can read. Expected: a number like {expected}.',
  },
  'type.boolean': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’est ni un oui ni un non. Attendu : {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is neither a yes nor a no. Expected: {expected}.',
  },
  'type.date': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’est pas écrit comme une date du modèle. Attendu : une date comme {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is not written as a date of the model. Expected: a date like {expected}.',
  },
  'type.datetime': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’est pas écrit comme une date avec l’heure. Attendu : {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is not written as a date and time. Expected: {expected}.',
  },
  'type.time': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’est pas une heure. Attendu : une heure comme {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is not a time. Expected: a time like {expected}.',
  },
  'type.year': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’est pas une année. Attendu : quatre chiffres, comme {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is not a year. Expected: four digits, like {expected}.',
  },
  'type.geopoint': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’est pas une position. Attendu : longitude puis latitude, comme {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is not a position. Expected: longitude then latitude, like {expected}.',
  },
  'type.other': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’est pas écrit comme attendu. Exemple : {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is not written as expected. Example: {expected}.',
  },
  'format.email': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’est pas une adresse électronique. Exemple : {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is not an e-mail address. Example: {expected}.',
  },
  'format.uri': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’est pas une adresse internet complète. Exemple : {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is not a full web address. Example: {expected}.',
  },
  'value.required': {
    fr: 'Cellule {cell} : la case est vide, la colonne « {column} » doit être remplie. Exemple : {expected}.',
    en: 'Cell {cell}: the cell is empty, column "{column}" must be filled. Example: {expected}.',
  },
  'value.tooSmall': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » est trop petit. Attendu : {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is too small. Expected: {expected}.',
  },
  'value.tooLarge': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » est trop grand. Attendu : {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is too large. Expected: {expected}.',
  },
  'value.repeated': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » est déjà plus haut (ligne {expected}). Chaque ligne doit avoir sa propre valeur.',
    en: 'Cell {cell}, column "{column}": "{value}" is already above (row {expected}). Each row needs a value of its own.',
  },
  'key.repeated': {
    fr: 'Ligne {row} : « {value} » est déjà à la ligne {expected} ({column}). Chaque ligne doit avoir son propre identifiant.',
    en: 'Row {row}: "{value}" is already on row {expected} ({column}). Each row needs an identifier of its own.',
  },
  'key.unknown': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’existe pas dans {expected}. Ajoutez-y la ligne, ou corrigez la valeur.',
    en: 'Cell {cell}, column "{column}": "{value}" does not exist in {expected}. Add the row there, or correct the value.',
  },
  'text.tooLong': {
    fr: 'Cellule {cell}, colonne « {column} » : le texte a plus de {expected} caractères. Raccourcissez-le.',
    en: 'Cell {cell}, column "{column}": the text has more than {expected} characters. Make it shorter.',
  },
  'text.tooShort': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » a moins de {expected} caractères.',
    en: 'Cell {cell}, column "{column}": "{value}" has fewer than {expected} characters.',
  },
  'text.length': {
    fr: 'Cellule {cell}, colonne « {column} » : la liste doit avoir {expected} éléments.',
    en: 'Cell {cell}, column "{column}": the list needs {expected} items.',
  },
  'pattern.unmatched': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’a pas la forme attendue. Exemple : {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" does not have the expected form. Example: {expected}.',
  },
  'pattern.unreadable': {
    fr: 'Le modèle décrit la colonne « {column} » par une forme que nous ne savons pas lire ({expected}) : elle n’est pas vérifiée.',
    en: 'The model describes column "{column}" by a form that we cannot read ({expected}): it is not checked.',
  },
  'enum.unknown': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’est pas dans la liste. Attendu : {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is not in the list. Expected: {expected}.',
  },
  'enum.items': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » contient un choix qui n’est pas dans la liste. Attendu : {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" holds a choice that is not in the list. Expected: {expected}.',
  },
  'json.unmatched': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’a pas la structure attendue ({expected}).',
    en: 'Cell {cell}, column "{column}": "{value}" does not have the expected structure ({expected}).',
  },
  'json.invalid': {
    fr: '« {column} » : « {value} » ne suit pas le modèle. Attendu : {expected}.',
    en: '"{column}": "{value}" does not follow the model. Expected: {expected}.',
  },
  'check.unknown': {
    fr: 'Le modèle demande une vérification que nous ne connaissons pas (« {expected} ») : elle n’est pas faite.',
    en: 'The model asks for a check that we do not know ("{expected}"): it is not made.',
  },
  'check.unfinished': {
    fr: 'Colonne « {column} » : il y a trop de valeurs différentes pour les vérifier toutes ({expected}). Celles qui restent ne sont pas vérifiées.',
    en: 'Column "{column}": there are too many different values to check them all ({expected}). The others are not checked.',
  },
  'siret.invalid': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’est pas un SIRET. Attendu : 14 chiffres qui se contrôlent entre eux, comme {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is not a SIRET. Expected: 14 digits that check each other, like {expected}.',
  },
  'siret.truncated': {
    fr: 'Cellule {cell}, colonne « {column} » : le tableur a transformé le numéro en « {value} » et perdu des chiffres. Mettez la colonne en « Texte » et retapez le numéro, comme {expected}.',
    en: 'Cell {cell}, column "{column}": the spreadsheet turned the number into "{value}" and lost digits. Format the column as text and type the number again, like {expected}.',
  },
  'siren.invalid': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’est pas un SIREN. Attendu : 9 chiffres qui se contrôlent entre eux, comme {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is not a SIREN. Expected: 9 digits that check each other, like {expected}.',
  },
  'phone.invalid': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’est pas un numéro de téléphone. Exemple : {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is not a phone number. Example: {expected}.',
  },
  'act.unknown': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » ne commence pas par une matière de la nomenclature des actes. Exemple : {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" does not begin with a matter of the nomenclature of acts. Example: {expected}.',
  },
  'hours.invalid': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’est pas écrit comme des horaires d’ouverture d’OpenStreetMap. Exemple : {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is not written as OpenStreetMap opening hours. Example: {expected}.',
  },
  'years.invalid': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’est pas une période d’années. Exemple : {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is not a span of years. Example: {expected}.',
  },
  'columns.compare': {
    fr: 'Ligne {row} : on attend {expected}, mais on lit {value}. Vérifiez les deux valeurs.',
    en: 'Row {row}: {expected} is expected, but we read {value}. Check both values.',
  },
  'columns.sum': {
    fr: 'Ligne {row} : on attend {expected}, mais on lit {value}. Vérifiez le total.',
    en: 'Row {row}: {expected} is expected, but we read {value}. Check the total.',
  },
  'columns.cohesive': {
    fr: 'Ligne {row} : ces colonnes vont ensemble, toutes remplies ou toutes vides : {expected}. On lit {value}.',
    en: 'Row {row}: these columns go together, all filled or all empty: {expected}. We read {value}.',
  },
  'columns.oneOf': {
    fr: 'Ligne {row} : au moins une de ces colonnes doit être remplie : {expected}.',
    en: 'Row {row}: at least one of these columns must be filled: {expected}.',
  },
  'gps.swapped': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} », latitude et longitude semblent inversées. Attendu : [longitude, latitude], comme {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}", latitude and longitude seem swapped. Expected: [longitude, latitude], like {expected}.',
  },
  'gps.outside': {
    fr: 'Cellule {cell}, colonne « {column} » : « {value} » n’est pas en France. Attendu : [longitude, latitude], comme {expected}.',
    en: 'Cell {cell}, column "{column}": "{value}" is not in France. Expected: [longitude, latitude], like {expected}.',
  },
  'values.others': {
    fr: 'Colonne « {column} » : {count} autres cellules ont la même sorte d’erreur, la première en {cell} (« {value} »). Attendu : {expected}.',
    en: 'Column "{column}": {count} more cells have the same kind of error, the first one in {cell} ("{value}"). Expected: {expected}.',
  },
} as const satisfies Record<string, Sentence>;

/** What is added to a sentence of a schema when it does not say it itself. */
export const problemTails = {
  proposal: { fr: ' Nous proposons « {proposal} ».', en: ' We propose "{proposal}".' },
  column: { fr: ' Est-ce votre colonne « {proposal} » ?', en: ' Is it your column "{proposal}"?' },
  count: { fr: ' ({count} cellules pareilles)', en: ' ({count} cells alike)' },
} as const satisfies Record<string, Sentence>;
