// The sentences of who is in a shared table, of its schema's versions, of its duplicates, and of what each gets back.
import type { Sentence } from '../language.ts';

export const coverageMessages = {
  'coverage.title': { fr: 'Qui est dans ce tableau', en: 'Who is in this table' },
  'coverage.caption': {
    fr: 'Les communes du territoire, une par une',
    en: 'The communes of the territory, one by one',
  },
  'coverage.commune': { fr: 'Commune', en: 'Commune' },
  'coverage.take': { fr: 'Prendre ou participer', en: 'Take or take part' },
  'coverage.there': { fr: 'Dans le tableau', en: 'In the table' },
  'coverage.degraded': { fr: 'Dernières bonnes lignes, à réparer', en: 'Last good rows, to be repaired' },
  'coverage.waiting': { fr: 'Colonnes à confirmer', en: 'Columns to be confirmed' },
  'coverage.missing': { fr: 'Pas encore', en: 'Not yet' },
  'coverage.join': { fr: 'Comment participer', en: 'How to take part' },
  'coverage.join.title': { fr: 'Votre commune n’y est pas encore ?', en: 'Your commune is not there yet?' },
  'coverage.join.file': {
    fr: 'Prenez votre fichier tel qu’il est, ou remplissez le modèle.',
    en: 'Take your file as it is, or fill the model.',
  },
  'coverage.join.deposit': { fr: 'Déposez-le sur votre bureau', en: 'Deposit it on your desk' },
  'coverage.join.tell': {
    fr: 'Dites-le au porteur de ce tableau : il ajoute votre fichier en une minute.',
    en: 'Tell who answers for this table: they add your file in a minute.',
  },
  'coverage.downloads': { fr: 'Télécharger', en: 'Download' },
  'coverage.whole': { fr: 'Tout le tableau (CSV)', en: 'The whole table (CSV)' },
  'coverage.whole.xlsx': { fr: 'Tout le tableau (Excel)', en: 'The whole table (Excel)' },
  'coverage.parts': {
    fr: 'Ou une partie : une commune dans la liste ci-dessus, un producteur dans le tableau des fichiers.',
    en: 'Or a part of it: a commune in the list above, a producer in the table of files.',
  },
  'newer.title': { fr: 'Le modèle a une nouvelle version', en: 'The schema has a new version' },
  'newer.lead': {
    fr: 'Ce tableau suit la version {before} ; la version {after} est en vigueur.',
    en: 'This table follows version {before}; version {after} is in force.',
  },
  'newer.broken': { fr: '{producer} : à revoir ({fields})', en: '{producer}: to look at again ({fields})' },
  'newer.kept': {
    fr: 'Leurs dernières bonnes lignes restent, et ils reçoivent un message.',
    en: 'Their last good rows stay, and they get a message.',
  },
  'newer.none': { fr: 'Aucune correspondance n’en souffre.', en: 'No mapping suffers from it.' },
  'newer.move': { fr: 'Passer à la version {version}', en: 'Move to version {version}' },
  'mapping.why': { fr: 'Pourquoi : {reason}', en: 'Why: {reason}' },
  'mapping.reason.sameName': { fr: 'même nom que dans le modèle', en: 'same name as in the schema' },
  'mapping.reason.sameTitle': { fr: 'même titre que dans le modèle', en: 'same title as in the schema' },
  'mapping.reason.likeName': { fr: 'nom ressemblant', en: 'like name' },
  'mapping.reason.synonym': { fr: 'mot de même sens', en: 'word of the same meaning' },
  'mapping.reason.values': { fr: 'valeurs du bon genre', en: 'values of the right kind' },
  'mapping.reason.coordinates': { fr: 'coordonnées reconnues', en: 'coordinates recognised' },
  'mapping.reason.learned': { fr: 'appris d’autres producteurs', en: 'learnt from other producers' },
  'mapping.reason.learned.of': {
    fr: 'appris d’autres producteurs : {names}',
    en: 'learnt from other producers: {names}',
  },
  'mapping.reason.given': { fr: 'décidé par quelqu’un', en: 'decided by somebody' },
  'mapping.broken': {
    fr: 'À revoir : {columns}. Vos dernières bonnes lignes restent en ligne tant que vous n’avez pas enregistré.',
    en: 'To look at again: {columns}. Your last good rows stay online until you save.',
  },
} as const satisfies Record<string, Sentence>;
