// The words of the elements that are shown on other sites.
import type { Sentence } from '../language.ts';

export const elementMessages = {
  loading: { fr: 'Les données arrivent…', en: 'The data is on its way…' },
  failed: {
    fr: 'Les données ne sont pas arrivées. Elles restent sur le portail :',
    en: 'The data did not arrive. It stays on the portal:',
  },
  see: { fr: 'Voir les données', en: 'See the data' },
  source: {
    fr: 'Source : {producer}, « {title} », données du {date}. {licence}.',
    en: 'Source: {producer}, “{title}”, data of {date}. {licence}.',
  },
  rows: { fr: 'Lignes {from} à {to} sur {total}', en: 'Rows {from} to {to} of {total}' },
  noRow: { fr: 'Aucune ligne ne répond à ces choix.', en: 'No row matches these choices.' },
  previous: { fr: 'Lignes précédentes', en: 'Previous rows' },
  next: { fr: 'Lignes suivantes', en: 'Next rows' },
  table: { fr: 'Tableau de données, défile de côté', en: 'Data table, scrolls sideways' },
  numbers: { fr: 'Les chiffres du graphique', en: 'The figures of the chart' },
  value: { fr: 'Valeur', en: 'Value' },
  search: { fr: 'Chercher des données', en: 'Search for data' },
  found: { fr: '{count} jeux de données', en: '{count} datasets' },
  foundOne: { fr: '{count} jeu de données', en: '{count} dataset' },
  foundNone: { fr: 'Aucun jeu de données avec ces mots.', en: 'No dataset with these words.' },
  map: { fr: 'Carte des lieux', en: 'Map of the places' },
  places: { fr: '{count} lieux sur la carte', en: '{count} places on the map' },
  some: {
    fr: '{shown} lieux sur {total}, pris partout également',
    en: '{shown} places of {total}, taken evenly everywhere',
  },
  cluster: { fr: '{count} lieux ici : agrandir', en: '{count} places here: zoom in' },
  list: { fr: 'Les lieux en liste', en: 'The places as a list' },
  facets: { fr: 'Choisir des valeurs', en: 'Choose values' },
  zoomIn: { fr: 'Agrandir', en: 'Zoom in' },
  zoomOut: { fr: 'Réduire', en: 'Zoom out' },
} as const satisfies Record<string, Sentence>;
