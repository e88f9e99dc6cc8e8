// Puts a value in the form that a field wants, where what it means is sure; used to map other people's columns.
import { foldedWords } from '../../lib/text.ts';
import type { SchemaField } from '../../model/schema.ts';
import { readPattern } from './patterns.ts';
import { repairPattern, repairPhone, repairSiret, repairValue } from './repairs.ts';

const shapes: Readonly<Partial<Record<SchemaField['type'], RegExp>>> = {
  integer: /^[+-]?\d+$/,
  number: /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/,
  date: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
  datetime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/,
  time: /^\d{2}:\d{2}(?::\d{2})?$/,
  year: /^\d{4}$/,
  yearmonth: /^\d{4}-\d{2}$/,
  geopoint: /^-?\d{1,3}(?:\.\d+)?, ?-?\d{1,3}(?:\.\d+)?$/,
  array: /^\[.*\]$/s,
};

type Judge = (value: string) => boolean;
const judges = new WeakMap<SchemaField, Judge | null>();

/** Whether a text obeys type, choices and pattern of a field; null where any text does. */
export function judgeOf(field: SchemaField): Judge | null {
  const known = judges.get(field);
  if (known !== undefined) return known;
  const made = makeJudge(field);
  judges.set(field, made);
  return made;
}

function makeJudge(field: SchemaField): Judge | null {
  const { enum: accepted, pattern, minimum, maximum } = field.constraints;
  const tests: Judge[] = [];
  const shape = isUsual(field) ? shapes[field.type] : undefined;
  if (shape !== undefined) tests.push((value) => shape.test(value));
  if (field.type === 'number' || field.type === 'integer') {
    if (minimum !== undefined) tests.push((value) => Number(value) >= Number(minimum));
    if (maximum !== undefined) tests.push((value) => Number(value) <= Number(maximum));
  }
  if (field.type === 'boolean') {
    const words = new Set([...field.trueValues, ...field.falseValues]);
    tests.push((value) => words.has(value));
  }
  if (accepted !== undefined) {
    const words = new Set(accepted);
    tests.push((value) => words.has(value));
  }
  const { re2, js } = pattern === undefined ? { re2: null, js: null } : readPattern(pattern);
  // Only patterns that RE2 can say are tried: they cannot explode.
  if (re2 !== null && js !== null) tests.push((value) => value.length < 500 && js.test(value));
  return tests.length === 0 ? null : (value) => tests.every((test) => test(value));
}

function isUsual(field: SchemaField): boolean {
  return field.format === 'default' || field.format === 'any' || field.format === '%Y-%m-%d';
}

/**
 * The value as the field wants it: itself, or the same written in another way (a day, a number, a code, a choice whose
 * case or accents differ). @returns null when it is none of these: another value would be a guess
 */
export function reformValue(field: SchemaField, value: string): string | null {
  const judge = judgeOf(field);
  const text = value.trim();
  if (judge === null) return aboutSiret(field) ? (repairSiret(text)?.proposal ?? text) : text;
  if (judge(text)) return text;
  for (const candidate of candidates(field, text)) if (candidate !== undefined && judge(candidate)) return candidate;
  return null;
}

function* candidates(field: SchemaField, text: string): Generator<string | undefined> {
  const { enum: accepted, pattern } = field.constraints;
  yield repairValue(field, text)?.proposal;
  if (accepted !== undefined) {
    const word = foldedWords(text, '-');
    yield accepted.find((choice) => foldedWords(choice, '-') === word);
    return;
  }
  if (aboutSiret(field)) yield repairSiret(text)?.proposal;
  yield repairPhone(text)?.proposal;
  if (pattern === undefined) return;
  const { js } = readPattern(pattern);
  if (js !== null) yield repairPattern(text, (texts) => texts.map((each) => js.test(each)))?.proposal;
}

/** Whether a field holds SIRET numbers, by its example: fourteen digits. */
function aboutSiret({ example, name }: SchemaField): boolean {
  return /^\d{14}$/.test(example ?? '') || /siret/i.test(name);
}

/**
 * What a value probably means among the choices of a field: the only choice that has all its words. People are asked.
 * @returns null when none or several have them
 */
export function likelyChoice(accepted: readonly string[], value: string): string | null {
  const words = foldedWords(value, '-')
    .split('-')
    .filter((word) => word.length > 2);
  if (words.length === 0) return null;
  const holding = accepted.filter((choice) => {
    const held = foldedWords(choice, '-').split('-');
    return words.every((word) => held.some((each) => each === word || (word.length >= 4 && each.startsWith(word))));
  });
  // « aide en nature » rather than « aide en nature;aide en numéraire ».
  const [shortest] = holding.toSorted((a, b) => a.length - b.length);
  const rivals = holding.filter((choice) => choice !== shortest && !choice.includes(shortest ?? ''));
  return shortest !== undefined && rivals.length === 0 ? shortest : null;
}
