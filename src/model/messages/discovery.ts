// The sentences by which the portal is found and shared: feeds, pictures, embedded pages.
import type { Sentence } from '../language.ts';

export const discoveryMessages = {
  'discovery.feed.all': { fr: 'Données nouvelles et mises à jour', en: 'New and updated data' },
  'discovery.feed.organization': { fr: 'Données de {name}', en: 'Data of {name}' },
  'discovery.feed.commune': { fr: 'Données sur {name}', en: 'Data about {name}' },
  'discovery.feed.search': { fr: 'Données : {query}', en: 'Data: {query}' },
  'discovery.feed.filtered': { fr: 'Données choisies dans le catalogue', en: 'Data chosen in the catalogue' },
  'discovery.feed.versions': { fr: 'Versions de « {title} »', en: 'Versions of “{title}”' },
  'discovery.version': { fr: '{title}, version {number}', en: '{title}, version {number}' },
  'discovery.version.first': { fr: 'Première version : {rows}.', en: 'First version: {rows}.' },
  'discovery.version.more': { fr: '{rows}, soit {more} de plus qu’avant.', en: '{rows}, {more} more than before.' },
  'discovery.version.fewer': {
    fr: '{rows}, soit {fewer} de moins qu’avant.',
    en: '{rows}, {fewer} fewer than before.',
  },
  'discovery.version.same': { fr: '{rows}, autant qu’avant.', en: '{rows}, as many as before.' },
  'discovery.search.description': {
    fr: 'Chercher dans les données ouvertes : {site}',
    en: 'Search the open data: {site}',
  },
  'discovery.embed.open': { fr: 'Voir ces données sur « {site} »', en: 'See this data on “{site}”' },
  'discovery.embed.table': { fr: 'Les {shown} premières lignes sur {rows}', en: 'The first {shown} rows of {rows}' },
  'discovery.embed.nothing': {
    fr: 'Il n’y a rien à montrer avec ces choix.',
    en: 'There is nothing to show with these choices.',
  },
  'discovery.embed.places': { fr: 'Lieux de « {title} »', en: 'Places of “{title}”' },
  'discovery.embed.placed': { fr: '{shown} lieux sur {placed}', en: '{shown} places of {placed}' },
  'discovery.picture.dataset': { fr: 'Données ouvertes', en: 'Open data' },
  'discovery.picture.text': {
    fr: '« {title} », publié par {organization}',
    en: '“{title}”, published by {organization}',
  },
  'discovery.picture.rows': { fr: 'lignes', en: 'rows' },
  'discovery.picture.row': { fr: 'ligne', en: 'row' },
  'discovery.picture.datasets': { fr: 'jeux de données', en: 'datasets' },
  'discovery.picture.one': { fr: 'jeu de données', en: 'dataset' },
  'discovery.picture.commune': { fr: 'Ma commune', en: 'My commune' },
  'discovery.picture.producer': { fr: 'Producteur', en: 'Producer' },
} as const satisfies Record<string, Sentence>;
