// The sentences of consolidated datasets: how far they are, where their rows come from, how columns are read.
import type { Sentence } from '../language.ts';

export const harmonisationMessages = {
  'harmonisation.title': { fr: 'Les tableaux communs', en: 'Shared tables' },
  'harmonisation.lead': {
    fr: 'Chaque commune garde son fichier, à sa façon. Ici, leurs lignes sont réunies dans un seul tableau, et chacune dit d’où elle vient.',
    en: 'Each commune keeps its file, its own way. Here their rows are gathered in one table, and each says where it comes from.',
  },
  'harmonisation.none': { fr: 'Aucun tableau commun pour l’instant.', en: 'No shared table yet.' },
  'harmonisation.coverage': {
    fr: '{covered} communes sur {communes}, {rows} lignes',
    en: '{covered} communes out of {communes}, {rows} rows',
  },
  'harmonisation.state.building': { fr: 'En construction', en: 'Being built' },
  'harmonisation.state.partial': { fr: 'En route', en: 'Under way' },
  'harmonisation.state.complete': { fr: 'Complet', en: 'Complete' },
  'harmonisation.state.degraded': {
    fr: 'Une source est à réparer ; ses dernières bonnes lignes restent',
    en: 'A source is to be repaired; its last good rows stay',
  },
  'harmonisation.see': {
    fr: 'Voir les lignes, la carte et les téléchargements',
    en: 'See the rows, the map and the downloads',
  },
  'harmonisation.schema': { fr: 'Le modèle commun', en: 'The shared schema' },
  'harmonisation.sources': { fr: 'D’où viennent les lignes', en: 'Where the rows come from' },
  'harmonisation.sources.caption': {
    fr: 'Chaque fichier, ce qu’il apporte, ce qui est mis de côté et pourquoi.',
    en: 'Each file, what it brings, what is set aside and why.',
  },
  'harmonisation.source': { fr: 'Producteur et fichier', en: 'Producer and file' },
  'harmonisation.version': { fr: 'Version', en: 'Version' },
  'harmonisation.rows': { fr: 'Lignes reprises', en: 'Rows taken' },
  'harmonisation.rejected': { fr: 'Mises de côté', en: 'Set aside' },
  'harmonisation.standing': { fr: 'Où en est-on', en: 'Standing' },
  'harmonisation.download': { fr: 'Télécharger', en: 'Download' },
  'harmonisation.download.of': {
    fr: 'Télécharger les lignes de {name} (CSV)',
    en: 'Download the rows of {name} (CSV)',
  },
  'harmonisation.contribution.suggested': {
    fr: 'Les colonnes attendent une confirmation',
    en: 'The columns wait to be confirmed',
  },
  'harmonisation.contribution.validated': { fr: 'À jour', en: 'Up to date' },
  'harmonisation.contribution.broken': {
    fr: 'À revoir : {columns}. Les dernières bonnes lignes restent.',
    en: 'To look at again: {columns}. The last good rows stay.',
  },
  'harmonisation.missing': { fr: 'Pas encore dans ce tableau', en: 'Not in this table yet' },
  'harmonisation.missing.lead': {
    fr: 'Ces communes n’ont pas encore publié ce fichier ici. Il suffit qu’elles le publient : quels que soient les noms de ses colonnes, le tableau sait le reprendre.',
    en: 'These communes have not published this file here yet. They only need to publish it: whatever its columns are called, the table can take it.',
  },
  'harmonisation.lineage': {
    fr: 'Des {count} fichiers des producteurs au tableau commun',
    en: 'From the {count} files of the producers to the shared table',
  },
  'harmonisation.columns': { fr: 'Régler les colonnes', en: 'Set the columns' },
  'harmonisation.columns.of': { fr: 'Régler les colonnes de « {title} »', en: 'Set the columns of "{title}"' },
  'harmonisation.columns.lead': {
    fr: 'À gauche, ce que le modèle attend. À droite, la colonne de votre fichier qui le dit. Ce qui est décidé ici vaut pour toutes vos versions à venir.',
    en: 'On the left, what the schema expects. On the right, the column of your file that says it. What is decided here holds for all your versions to come.',
  },
  'harmonisation.field': { fr: 'Ce que le modèle attend', en: 'What the schema expects' },
  'harmonisation.column': { fr: 'La colonne de votre fichier', en: 'The column of your file' },
  'harmonisation.examples': { fr: 'Par exemple', en: 'For example' },
  'harmonisation.required': { fr: 'obligatoire', en: 'required' },
  'harmonisation.none.column': { fr: 'aucune', en: 'none' },
  'harmonisation.constant': { fr: 'ou la même valeur partout', en: 'or the same value everywhere' },
  'harmonisation.constant.of': {
    fr: 'La même valeur partout pour {field}',
    en: 'The same value everywhere for {field}',
  },
  'harmonisation.unsure': { fr: 'à confirmer', en: 'to be confirmed' },
  'harmonisation.becomes': { fr: '« {from} » devient « {to} »', en: '"{from}" becomes "{to}"' },
  'harmonisation.save': { fr: 'Enregistrer ces correspondances', en: 'Save this mapping' },
  'harmonisation.saved': {
    fr: 'C’est noté. Les lignes seront reprises dans une minute.',
    en: 'Noted. The rows will be taken within a minute.',
  },
  'harmonisation.leave': { fr: 'Retirer ce fichier du tableau commun', en: 'Take this file out of the shared table' },
  'harmonisation.add': { fr: 'Ajouter un fichier', en: 'Add a file' },
  'harmonisation.add.id': { fr: 'Identifiant du jeu de données', en: 'Identifier of the dataset' },
  'harmonisation.add.button': { fr: 'Ajouter', en: 'Add' },
  'harmonisation.setAside.file': {
    fr: 'Les lignes mises de côté, avec la raison (CSV)',
    en: 'The rows set aside, with the reason (CSV)',
  },
} as const satisfies Record<string, Sentence>;
