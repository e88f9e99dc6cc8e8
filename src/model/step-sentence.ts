// What a fix does, in one line of a history.
import { fillSentence } from '../lib/errors.ts';
import type { Language } from './language.ts';
import { rewriteNames, stepSentences } from './messages/steps.ts';
import type { Step } from './step.ts';

/** What a step does, in one line of a history. */
export function stepSentence(step: Step, lang: Language): string {
  return fillSentence(stepSentences[step.kind][lang], { ...valuesOf(step, lang) });
}

function valuesOf(step: Step, lang: Language): Readonly<Record<string, string | number>> {
  switch (step.kind) {
    case 'setCell':
      return { row: step.row, column: step.column, from: step.from, to: step.to };
    case 'replaceValue':
      return { column: step.column, from: step.from, to: step.to };
    case 'padCodes':
      return { column: step.column, length: step.length };
    case 'rewriteColumn':
      return { column: step.column, as: rewriteNames[step.as][lang] };
    case 'renameColumn':
      return { from: step.from, to: step.to };
    case 'dropColumn':
      return { column: step.column };
    case 'keepAsIs':
      return { about: step.column === null ? step.problem : `${step.problem}, ${step.column}` };
    case 'setAside':
      if ('rows' in step) return { about: step.rows.join(', ') };
      return { about: 'value' in step ? `${step.column} = « ${step.value} »` : step.problem };
  }
}
