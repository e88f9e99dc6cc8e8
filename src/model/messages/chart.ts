// What charts say, generated from their points; shared by the pages and the elements.
import type { Sentence } from '../language.ts';

export const chartMessages = {
  'chart.yes': { fr: 'oui', en: 'yes' },
  'chart.no': { fr: 'non', en: 'no' },
  'chart.measure.count': { fr: 'nombre de lignes', en: 'number of rows' },
  'chart.measure.sum': { fr: 'somme de « {column} »', en: 'sum of “{column}”' },
  'chart.measure.avg': { fr: 'moyenne de « {column} »', en: 'average of “{column}”' },
  'chart.measure.min': { fr: 'plus petite valeur de « {column} »', en: 'smallest value of “{column}”' },
  'chart.measure.max': { fr: 'plus grande valeur de « {column} »', en: 'largest value of “{column}”' },
  'chart.title.by': { fr: '{measure} selon « {x} »', en: '{measure} by “{x}”' },
  'chart.title.series': { fr: '{title}, par « {series} »', en: '{title}, per “{series}”' },
  'chart.title.histogram': { fr: 'Comment se répartit « {x} »', en: 'How “{x}” is spread' },
  'chart.title.scatter': { fr: '« {y} » face à « {x} »', en: '“{y}” against “{x}”' },
  'chart.summary.none': { fr: 'Aucune ligne à dessiner.', en: 'There is no row to draw.' },
  'chart.summary.total': { fr: 'Au total : {total}.', en: 'In total: {total}.' },
  'chart.summary.equal': {
    fr: 'Les {count} valeurs sont à égalité : {value} chacune.',
    en: 'The {count} values are equal: {value} each.',
  },
  'chart.summary.tie': {
    fr: 'En tête, à égalité : {names} ({value} chacun).',
    en: 'Level at the top: {names} ({value} each).',
  },
  'chart.summary.most': {
    fr: 'En tête : {name}, {value} sur {total}, soit {share}.',
    en: 'At the top: {name}, {value} of {total}, or {share}.',
  },
  'chart.summary.highest': {
    fr: 'La valeur la plus haute : {value} ({name}).',
    en: 'The highest value: {value} ({name}).',
  },
  'chart.summary.lowest': { fr: 'La plus basse : {value} ({name}).', en: 'The lowest: {value} ({name}).' },
  'chart.summary.some': {
    fr: 'Le dessin montre {shown} valeurs sur {values}.',
    en: 'The drawing shows {shown} values of {values}.',
  },
  'chart.summary.one': { fr: '{name} : {value}.', en: '{name}: {value}.' },
  'chart.summary.up': {
    fr: 'De {from} à {to} : une hausse, de {first} à {last}.',
    en: 'From {from} to {to}: a rise, from {first} to {last}.',
  },
  'chart.summary.down': {
    fr: 'De {from} à {to} : une baisse, de {first} à {last}.',
    en: 'From {from} to {to}: a fall, from {first} to {last}.',
  },
  'chart.summary.same': {
    fr: 'De {from} à {to} : {first} au début comme à la fin.',
    en: 'From {from} to {to}: {first} at the start as at the end.',
  },
  'chart.summary.extremes': {
    fr: 'Le plus haut : {high} ({most}) ; le plus bas : {low} ({least}).',
    en: 'The highest: {high} ({most}); the lowest: {low} ({least}).',
  },
  'chart.summary.bin': {
    fr: 'Le plus souvent entre {from} et {to} : {count} lignes, soit {share}.',
    en: 'Most often between {from} and {to}: {count} rows, or {share}.',
  },
  'chart.summary.span': { fr: '« {column} » va de {least} à {most}.', en: '“{column}” goes from {least} to {most}.' },
  'chart.summary.sample': {
    fr: 'Le dessin montre {shown} lignes prises au hasard parmi {rows}.',
    en: 'The drawing shows {shown} rows taken at random among {rows}.',
  },
  'chart.summary.empty.one': { fr: '{count} ligne n’a pas de valeur ici.', en: '{count} row has no value here.' },
  'chart.summary.empty.many': { fr: '{count} lignes n’ont pas de valeur ici.', en: '{count} rows have no value here.' },
} as const satisfies Record<string, Sentence>;
