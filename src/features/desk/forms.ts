// Reads the forms of the wizard: answers, columns, what is said; what a form does not say changes nothing.
import type { MaskKind } from '../../model/finding.ts';
import {
  type Answer,
  answerValues,
  type Disposition,
  type FamilyId,
  familyIds,
  type Justification,
  type QuestionId,
  questionIds,
} from '../../model/opening.ts';
import type { Said } from './schemas.ts';

/** A form as a browser sends it: the last value of a name, and all of them. */
export type FormFields = {
  text(name: string): string;
  all(name: string): readonly string[];
  has(name: string): boolean;
  names(): readonly string[];
};

export function formFields(parameters: URLSearchParams): FormFields {
  return {
    text: (name) => parameters.getAll(name).at(-1) ?? '',
    all: (name) => parameters.getAll(name),
    has: (name) => parameters.has(name),
    names: () => [...new Set(parameters.keys())],
  };
}

/** The answers given to the six questions. */
export function answersOf(form: FormFields): readonly (readonly [QuestionId, Answer])[] {
  return questionIds.flatMap((question): readonly (readonly [QuestionId, Answer])[] => {
    const value = answerValues.find((each) => each === form.text(question));
    if (value === undefined) return [];
    if (question === 'secret' && value === 'yes') {
      const secret = form.text('secret.kind') === 'L311-5' ? 'L311-5' : 'L311-6';
      return [[question, { value, secret }]];
    }
    const justification = question === 'publicInformation' && value === 'yes' ? reasonOf(form) : undefined;
    return [[question, { value, ...(justification !== undefined && { justification }) }]];
  });
}

function reasonOf(form: FormFields): Justification | undefined {
  return justificationOf(form.text('publicInformation.reason'), form.text('publicInformation.text'));
}

/** What is chosen for each column. */
export function dispositionsOf(form: FormFields): readonly Disposition[] {
  return form.names().flatMap((name): readonly Disposition[] => {
    const column = /^column\.(\w+)$/.exec(name)?.[1];
    if (column === undefined) return [];
    const [kind = '', ...rest] = form.text(name).split(':');
    if (kind === 'remove' || kind === 'notPersonal' || kind === 'ask') return [{ kind, column }];
    if (kind === 'mask') return [{ kind, column, mask: (rest[0] ?? '') as MaskKind }];
    const justification = kind === 'justify' ? justificationOf(rest.join(':'), form.text(`${name}.text`)) : undefined;
    return justification === undefined ? [] : [{ kind: 'justify', column, justification }];
  });
}

function justificationOf(value: string, text: string): Justification | undefined {
  const [basis, family = ''] = value.split(':');
  if (basis === 'law' || basis === 'consent') return { basis, text };
  const known = familyIds.find((each) => each === family);
  return basis === 'family' && known !== undefined ? { basis, family: known satisfies FamilyId } : undefined;
}

/** Step 5. */
export function presentOf(form: FormFields): Said {
  const keywords = form
    .text('keywords')
    .split(/[,;\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  return {
    title: form.text('title').trim(),
    description: form.text('description').trim(),
    keywords,
    communes: form.all('communes'),
    theme: form.text('theme') || null,
    source: form.text('source').trim() || null,
    contact: form.text('contact').trim() || null,
  };
}

/** Step 6. */
export function termsOf(form: FormFields): Said {
  return {
    ...(form.has('licence') && { licence: form.text('licence') }),
    hvdCategory: form.text('hvd') || null,
    ...(form.has('frequency') && { frequency: form.text('frequency') }),
    dueDay: dueDayOf(form.text('due-month'), form.text('due-day')),
  };
}

/** "03-31"; null as long as the month is not said. A month alone means its last day; a day that it has not, too. */
function dueDayOf(month: string, day: string): string | null {
  const number = Number(month);
  if (!Number.isInteger(number) || number < 1 || number > 12) return null;
  // In a year without 29 February: the day is every year's.
  const last = new Date(Date.UTC(2025, number, 0)).getUTCDate();
  const wanted = /^\d{1,2}$/.test(day) && Number(day) > 0 ? Math.min(Number(day), last) : last;
  return `${String(number).padStart(2, '0')}-${String(wanted).padStart(2, '0')}`;
}
