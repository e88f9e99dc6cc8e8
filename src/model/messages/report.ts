// The words of the report on a file, French and English side by side: one headline, then what to correct, check, know.
import type { Sentence } from '../language.ts';

export const reportMessages = {
  'report.toFix.one': { fr: '1 point à corriger', en: '1 thing to correct' },
  'report.toFix.many': { fr: '{count} points à corriger', en: '{count} things to correct' },
  'report.toCheck.one': { fr: '1 point à vérifier', en: '1 thing to check' },
  'report.toCheck.many': { fr: '{count} points à vérifier', en: '{count} things to check' },
  'report.advice.one': { fr: '1 conseil', en: '1 piece of advice' },
  'report.advice.many': { fr: '{count} conseils', en: '{count} pieces of advice' },
  'report.cells.one': { fr: '1 cellule', en: '1 cell' },
  'report.cells.many': { fr: '{count} cellules', en: '{count} cells' },
  'report.fine': { fr: 'Rien à corriger', en: 'Nothing to correct' },
  'report.perfect': {
    fr: 'Votre fichier est en ordre : rien à corriger.',
    en: 'Your file is in order: nothing to correct.',
  },
  'report.error': { fr: 'À corriger', en: 'To correct' },
  'report.warning': { fr: 'À vérifier', en: 'To check' },
  'report.advice': { fr: 'Conseil', en: 'Advice' },
  'report.where.cells': { fr: 'Cellules {cells}', en: 'Cells {cells}' },
  'report.where.cellsMore': { fr: 'Cellules {cells} et {count} autres', en: 'Cells {cells} and {count} more' },
  'report.where.objects': { fr: 'Objets n° {cells}', en: 'Objects no. {cells}' },
  'report.where.objectsMore': {
    fr: 'Objets n° {cells} et {count} autres',
    en: 'Objects no. {cells} and {count} more',
  },
} as const satisfies Record<string, Sentence>;
