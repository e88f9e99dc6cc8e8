// The sentences of the search in the catalogue, beside those of its page: why, where, how to keep it.
import type { Sentence } from '../language.ts';

export const searchMessages = {
  'facet.map': { fr: 'Carte', en: 'Map' },
  'search.hint': {
    fr: 'Un sujet, une commune, une colonne (« SIRET ») ou une valeur (« platane »).',
    en: 'A subject, a commune, a column (“SIRET”) or a value (“platane”).',
  },
  'search.match.column': { fr: 'Dans une colonne : « {column} »', en: 'In a column: “{column}”' },
  'search.match.value': {
    fr: 'Dans la colonne « {column} » : « {value} »',
    en: 'In the column “{column}”: “{value}”',
  },
  'search.map': { fr: 'Choisir sur la carte', en: 'Choose on the map' },
  'search.map.hint': {
    fr: 'Les mêmes communes sont dans la liste, sous « Commune ».',
    en: 'The same communes are in the list, under “Commune”.',
  },
  'search.map.commune': { fr: '{name} : {datasets}', en: '{name}: {datasets}' },
  'search.keep': { fr: 'Garder cette recherche', en: 'Keep this search' },
  'search.keep.link': {
    fr: 'Ce lien montrera toujours cette recherche, avec les données du jour :',
    en: 'This link will always show this search, with the data of the day:',
  },
  'search.keep.copy': { fr: 'Copier le lien', en: 'Copy the link' },
  'search.keep.copied': { fr: 'Lien copié', en: 'Link copied' },
  'search.keep.feed': { fr: 'Suivre ce qui change, par flux Atom', en: 'Follow what changes, by Atom feed' },
  'search.clear': { fr: 'Tout retirer', en: 'Remove all' },
  'search.none.words': { fr: 'Chercher un seul de vos mots :', en: 'Search one of your words alone:' },
  'search.none.less': { fr: 'Retirer un de vos choix :', en: 'Remove one of your choices:' },
  'search.none.advice': {
    fr: 'Essayez un mot plus général, ou une autre façon de le dire : « école » plutôt que « établissement scolaire ».',
    en: 'Try a more general word, or another way to say it. The data is described in French.',
  },
  'search.waiting': { fr: 'Recherche en cours…', en: 'Searching…' },
} as const satisfies Record<string, Sentence>;
