// How people are told whether a dataset keeps its rhythm.
import type { Sentence } from '../language.ts';

export const freshnessMessages = {
  upToDate: { fr: 'À jour', en: 'Up to date' },
  due: { fr: 'Mise à jour attendue', en: 'Update due' },
  overdue: { fr: 'En retard', en: 'Overdue' },
  unknown: { fr: 'Sans échéance', en: 'No due date' },
} as const satisfies Record<string, Sentence>;
