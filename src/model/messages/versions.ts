// The sentences of versions, French and English side by side: their pages, and the command line.
import type { Sentence } from '../language.ts';

export const versionPageMessages = {
  'versions.title': { fr: 'Versions de « {title} »', en: 'Versions of "{title}"' },
  'versions.intro': {
    fr: 'Chaque publication est gardée telle qu’elle était. Vous voyez ici ce qui a changé de l’une à l’autre.',
    en: 'Each publication is kept as it was. Here is what changed from one to the next.',
  },
  'versions.current': { fr: 'Version actuelle', en: 'Current version' },
  'versions.draft': { fr: 'Pas encore en ligne', en: 'Not online yet' },
  'versions.restored': { fr: 'restaurée de la version {number}', en: 'restored from version {number}' },
  'versions.verified': {
    fr: 'Rien n’a changé, dit le producteur le {date}.',
    en: 'Nothing has changed, said the producer on {date}.',
  },
  'versions.see': { fr: 'Ce qui a changé dans la version {number}', en: 'What changed in version {number}' },
  'versions.all': { fr: 'Toutes les versions', en: 'All versions' },
  'version.title': { fr: 'Version {number} de « {title} »', en: 'Version {number} of "{title}"' },
  'version.facts': { fr: 'Publiée le {date} : {rows}.', en: 'Published on {date}: {rows}.' },
  'version.first': {
    fr: 'C’est la première version : rien avant elle.',
    en: 'This is the first version: nothing before it.',
  },
  'version.compared': { fr: 'Par rapport à la version {number}', en: 'Compared with version {number}' },
  'version.same': { fr: 'Rien n’a changé.', en: 'Nothing changed.' },
  'version.added.one': { fr: '+{count} ligne', en: '+{count} row' },
  'version.added.many': { fr: '+{count} lignes', en: '+{count} rows' },
  'version.removed.one': { fr: '−{count} ligne', en: '−{count} row' },
  'version.removed.many': { fr: '−{count} lignes', en: '−{count} rows' },
  'version.modified.one': { fr: '{count} modifiée', en: '{count} modified' },
  'version.modified.many': { fr: '{count} modifiées', en: '{count} modified' },
  'version.unchanged.one': { fr: '{count} inchangée', en: '{count} unchanged' },
  'version.unchanged.many': { fr: '{count} inchangées', en: '{count} unchanged' },
  'version.key': { fr: 'Les lignes sont reconnues par : {columns}.', en: 'Rows are recognised by: {columns}.' },
  'version.noKey': {
    fr: 'Aucune colonne ne distingue les lignes : une ligne modifiée compte comme une retirée et une ajoutée.',
    en: 'No column tells rows apart: a modified row counts as one removed and one added.',
  },
  'version.columns': { fr: 'Colonnes', en: 'Columns' },
  'version.column.added': { fr: '« {column} » est nouvelle.', en: '"{column}" is new.' },
  'version.column.removed': { fr: '« {column} » n’y est plus.', en: '"{column}" is no longer there.' },
  'version.column.type': {
    fr: '« {column} » change de type : {from} devient {to}.',
    en: '"{column}" changes its type: {from} becomes {to}.',
  },
  'version.modified': { fr: 'Lignes modifiées', en: 'Modified rows' },
  'version.added': { fr: 'Lignes ajoutées', en: 'Added rows' },
  'version.removed': { fr: 'Lignes retirées', en: 'Removed rows' },
  'version.row': { fr: 'Ligne', en: 'Row' },
  'version.column': { fr: 'Colonne', en: 'Column' },
  'version.before': { fr: 'Avant', en: 'Before' },
  'version.after': { fr: 'Après', en: 'After' },
  'version.empty': { fr: '(vide)', en: '(empty)' },
  'version.more': { fr: 'et {count} autres', en: 'and {count} more' },
  'version.original': { fr: 'Télécharger le fichier d’origine', en: 'Download the original file' },
  'version.steps': { fr: 'Corrections du producteur', en: 'The producer’s corrections' },
  'version.steps.one': { fr: '{count} correction.', en: '{count} correction.' },
  'version.steps.many': { fr: '{count} corrections.', en: '{count} corrections.' },
  'version.steps.text': {
    fr: 'Le fichier d’origine n’a pas été touché : ces corrections sont refaites à partir de lui.',
    en: 'The original file was not touched: these corrections are done again from it.',
  },
  'version.aside': { fr: 'Lignes mises de côté : {count}', en: 'Rows set aside: {count}' },
  'purged.title': { fr: 'Version {number} détruite', en: 'Version {number} destroyed' },
  'purged.text': {
    fr: 'Cette version a été détruite le {date}. Le fichier d’origine, les données, les exports et les copies en mémoire ont disparu.',
    en: 'This version was destroyed on {date}. The original file, the data, the exports and the copies in memory are gone.',
  },
  'purged.reason': { fr: 'Pourquoi :', en: 'Why:' },
  'purged.destroyed': { fr: 'Ce qui a été détruit', en: 'What was destroyed' },
  'purged.what.original': { fr: 'fichier d’origine', en: 'original file' },
  'purged.what.data': { fr: 'données', en: 'data' },
  'purged.what.search': { fr: 'textes pour la recherche', en: 'texts for searching' },
  'purged.what.setAside': { fr: 'lignes mises de côté', en: 'rows set aside' },
  'purged.what.other': { fr: 'autre fichier', en: 'other file' },
  'purged.kept': {
    fr: 'Le fichier d’origine ({sha256}) reste dans un autre jeu de données, qui en a besoin.',
    en: 'The original file ({sha256}) stays in another dataset, which needs it.',
  },
  'purged.pending': { fr: 'La destruction des fichiers est en cours.', en: 'The files are being destroyed.' },
} as const satisfies Record<string, Sentence>;

export const versionCliMessages = {
  'cli.help.version': {
    fr: `terroir version list ID
terroir version diff ID A B
terroir version restore ID N
terroir version verify ID
terroir version purge ID [N…] --reason "…"
terroir version approve ID N
terroir version return ID N --reason "…"

  list      les versions d’un jeu, et celles qui ont été détruites
  diff      ce qui a changé de la version A à la version B
  restore   publie à nouveau le contenu de la version N
  verify    « rien n’a changé » : compte comme une mise à jour
  purge     détruit des versions (toutes, si vous n’en nommez aucune) après un incident de vie privée ; --reason dit pourquoi
  approve   seconde lecture : publie la version N
  return    seconde lecture : rend la version N à qui l’a déposée ; --reason dit pourquoi

Exemple : terroir version diff subventions-2024 1 2`,
    en: `terroir version list ID
terroir version diff ID A B
terroir version restore ID N
terroir version verify ID
terroir version purge ID [N…] --reason "…"
terroir version approve ID N
terroir version return ID N --reason "…"

  list      the versions of a dataset, and those that were destroyed
  diff      what changed from version A to version B
  restore   publishes the content of version N again
  verify    "nothing has changed": counts as an update
  purge     destroys versions (all of them, if you name none) after a privacy incident; --reason says why
  approve   second reading: publishes version N
  return    second reading: gives version N back to its depositor; --reason says why

Example: terroir version diff subventions-2024 1 2`,
  },
  'cli.version.diff': {
    fr: 'De la version {from} à la version {to} : +{added} lignes, {modified} modifiées, −{removed}, {unchanged} inchangées.',
    en: 'From version {from} to version {to}: +{added} rows, {modified} modified, −{removed}, {unchanged} unchanged.',
  },
  'cli.done.restored': {
    fr: 'Version {number} : restaurée de la version {from}.',
    en: 'Version {number}: restored from version {from}.',
  },
  'cli.done.verified': { fr: 'Noté : rien n’a changé dans « {id} ».', en: 'Noted: nothing has changed in "{id}".' },
  'cli.done.purged': {
    fr: 'Détruit : versions {versions} de « {id} », {files} fichiers. La destruction est consignée ({purge}).',
    en: 'Destroyed: versions {versions} of "{id}", {files} files. The destruction is recorded ({purge}).',
  },
  'cli.done.purgeKept': {
    fr: 'Le fichier d’origine {sha256} reste : {datasets} en a besoin.',
    en: 'The original {sha256} stays: {datasets} needs it.',
  },
  'cli.done.approved': { fr: 'Version {number} de « {id} » : en ligne.', en: 'Version {number} of "{id}": online.' },
  'cli.done.returned': {
    fr: 'Version {number} de « {id} » : rendue à qui l’a déposée.',
    en: 'Version {number} of "{id}": given back to its depositor.',
  },
  'cli.done.approval.on': {
    fr: '« {slug} » : une seconde personne relit avant toute publication.',
    en: '"{slug}": a second person reads before anything is published.',
  },
  'cli.done.approval.off': {
    fr: '« {slug} » : les publications ne sont plus relues par une seconde personne.',
    en: '"{slug}": a second person no longer reads what is published.',
  },
  'cli.done.secondReading': {
    fr: 'La version {number} de « {id} » attend une seconde lecture : terroir version approve {id} {number}',
    en: 'Version {number} of "{id}" waits for a second reading: terroir version approve {id} {number}',
  },
} as const satisfies Record<string, Sentence>;
