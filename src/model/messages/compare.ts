// The sentences of communes side by side, French and English.
import type { Sentence } from '../language.ts';

export const compareMessages = {
  'compare.title': { fr: 'Des communes côte à côte', en: 'Communes side by side' },
  'compare.intro': {
    fr: 'Choisissez de deux à six communes : ce que les données communes du territoire en disent, rapporté aux habitants. Ce n’est pas un classement.',
    en: 'Choose two to six communes: what the territory’s common data say of them, per inhabitant. This is not a ranking.',
  },
  'compare.choose': { fr: 'Communes, {max} au plus', en: 'Communes, {max} at most' },
  'compare.button': { fr: 'Mettre côte à côte', en: 'Put side by side' },
  'compare.link': { fr: 'Voir {name} à côté d’autres communes', en: 'See {name} beside other communes' },
  'compare.figures': { fr: 'Ce que disent les données', en: 'What the data say' },
  'compare.caveat': {
    fr: 'Les communes viennent par ordre alphabétique. Une barre plus longue veut dire « plus », pas « mieux » : les compétences, la taille et l’équipement des voisines comptent. L’année des habitants et celle de chaque jeu peuvent différer. Ce qui n’est publié que par une commune n’est pas repris ici.',
    en: 'Communes come in alphabetical order. A longer bar means “more”, not “better”: powers, size and what neighbours have all count. The year of the inhabitants and that of each dataset may differ. What one commune alone publishes is not shown here.',
  },
  'compare.nothing': {
    fr: 'Aucun jeu de données commun ne parle encore de ces communes.',
    en: 'No common dataset tells about these communes yet.',
  },
  'compare.table': { fr: '{title}, par commune', en: '{title}, by commune' },
  'compare.commune': { fr: 'Commune', en: 'Commune' },
  'compare.rows': { fr: 'Lignes', en: 'Rows' },
  'compare.per1000': { fr: 'Pour 1 000 habitants', en: 'Per 1,000 inhabitants' },
  'compare.sum': { fr: 'Total', en: 'Total' },
  'compare.sumPer': { fr: 'Total pour 1 000 habitants', en: 'Total per 1,000 inhabitants' },
  'compare.missing': { fr: 'non renseigné', en: 'not known' },
  'compare.noPopulation': { fr: 'population inconnue', en: 'population not known' },
  'compare.missing.one': {
    fr: '{count} des communes choisies n’a pas de ligne ici : ce n’est pas zéro, on ne sait pas.',
    en: '{count} of the chosen communes has no row here: that is not zero, it is not known.',
  },
  'compare.missing.many': {
    fr: '{count} des communes choisies n’ont pas de ligne ici : ce n’est pas zéro, on ne sait pas.',
    en: '{count} of the chosen communes have no row here: that is not zero, it is not known.',
  },
  'compare.unknown': {
    fr: 'Ces codes ne sont pas ceux d’une commune du territoire : {codes}. Choisissez dans la liste.',
    en: 'These codes are no commune’s of the territory: {codes}. Please choose in the list.',
  },
  'compare.tooMany': {
    fr: 'Au-delà de {max}, les colonnes ne se lisent plus : les premières choisies sont montrées.',
    en: 'Beyond {max} the columns can no longer be read: the first ones chosen are shown.',
  },
} as const satisfies Record<string, Sentence>;
