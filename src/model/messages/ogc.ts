// The sentences of the OGC interfaces' pages, French and English side by side.
import type { Sentence } from '../language.ts';

export const ogcMessages = {
  'ogc.title': { fr: 'Données pour la cartographie', en: 'Data for maps' },
  'ogc.intro': {
    fr: 'Ouvrez les données de ce portail dans QGIS, dans GDAL ou dans tout logiciel qui parle les interfaces « OGC API ».',
    en: 'Open the data of this portal in QGIS, in GDAL, or in any software that speaks the OGC API interfaces.',
  },
  'ogc.address': {
    fr: 'Adresse à donner à votre logiciel :',
    en: 'The address to give to your software:',
  },
  'ogc.openapi': { fr: 'Description pour les programmes (OpenAPI)', en: 'Description for programs (OpenAPI)' },
  'ogc.conformance': { fr: 'Les normes respectées', en: 'The standards that are kept' },
  'ogc.collections': { fr: 'Les jeux de données à cartographier', en: 'The datasets for maps' },
  'ogc.matrixSets': { fr: 'La numérotation des tuiles', en: 'How tiles are numbered' },
  'ogc.count': { fr: 'Lignes trouvées : {count}', en: 'Rows found: {count}' },
  'ogc.items': { fr: 'Voir les lignes', en: 'See the rows' },
  'ogc.items.title': { fr: 'Lignes de « {title} »', en: 'Rows of "{title}"' },
  'ogc.item.title': { fr: 'Ligne {number} de « {title} »', en: 'Row {number} of "{title}"' },
  'ogc.number': { fr: 'N°', en: 'No.' },
  'ogc.schema': { fr: 'Les colonnes et leurs types', en: 'The columns and their types' },
  'ogc.tiles': { fr: 'Les tuiles pour une carte web (TileJSON)', en: 'The tiles for a web map (TileJSON)' },
  'ogc.tiles.intro': {
    fr: 'Une carte web lit ces données morceau par morceau, là où vous regardez. Donnez-lui l’adresse « TileJSON ».',
    en: 'A web map reads this data piece by piece, where you look. Give it the TileJSON address.',
  },
  'ogc.dataset': { fr: 'La fiche du jeu de données', en: 'The page of the dataset' },
} as const satisfies Record<string, Sentence>;
