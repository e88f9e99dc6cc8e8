// The form of a schema: a descriptor as inputs and back, the buttons that add, move and remove columns, what is not sound yet. Pure.
import { isRecord } from '../../model/schema.ts';
import type { Descriptor, Fault } from './schemas.ts';

/** Types that the form offers: what people fill in a file. A column of another type keeps it. */
export const offeredTypes = [
  'string',
  'number',
  'integer',
  'boolean',
  'date',
  'datetime',
  'time',
  'year',
  'geopoint',
] as const;

/** A column as the form shows it: all texts. */
export type FieldInput = {
  /** Its name before this form: what the form does not show of it is kept. */
  readonly was: string;
  readonly name: string;
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly example: string;
  readonly required: boolean;
  /** One value on each line. */
  readonly choices: string;
  readonly pattern: string;
  readonly minimum: string;
  readonly maximum: string;
};

export type SchemaInput = {
  readonly title: string;
  readonly description: string;
  readonly fields: readonly FieldInput[];
};

const longest = { title: 200, text: 4000, name: 64, pattern: 1000, choices: 20_000 } as const;
const mostFields = 300;
const empty: FieldInput = {
  was: '',
  name: '',
  type: 'string',
  title: '',
  description: '',
  example: '',
  required: false,
  choices: '',
  pattern: '',
  minimum: '',
  maximum: '',
};

/** The inputs that show a descriptor. */
export function inputOf(descriptor: Descriptor): SchemaInput {
  const fields = Array.isArray(descriptor['fields']) ? descriptor['fields'].filter(isRecord) : [];
  return {
    title: textOf(descriptor['title']),
    description: textOf(descriptor['description']),
    fields: fields.map((field): FieldInput => {
      const constraints = isRecord(field['constraints']) ? field['constraints'] : {};
      const choices = Array.isArray(constraints['enum']) ? constraints['enum'] : [];
      return {
        was: textOf(field['name']),
        name: textOf(field['name']),
        type: textOf(field['type']) || 'string',
        title: textOf(field['title']),
        description: textOf(field['description']),
        example: textOf(field['example']),
        required: constraints['required'] === true || keyOf(descriptor).includes(textOf(field['name'])),
        choices: choices.map(textOf).join('\n'),
        pattern: textOf(constraints['pattern']),
        minimum: textOf(constraints['minimum']),
        maximum: textOf(constraints['maximum']),
      };
    }),
  };
}

/** What a form says; the button that sent it has done its work: a column is added, moved or gone. */
export function readInput(form: URLSearchParams): { readonly input: SchemaInput; readonly at: number | null } {
  const text = (name: string, most: number) => (form.get(name) ?? '').replaceAll('\r\n', '\n').trim().slice(0, most);
  const count = Math.min(mostFields, Math.max(0, Number.parseInt(form.get('count') ?? '0', 10) || 0));
  const fields = Array.from({ length: count }, (_, index): FieldInput => {
    const of = (name: string, most: number = longest.text) => text(`f${index}.${name}`, most);
    return {
      was: of('was', longest.name),
      name: of('name', longest.name),
      type: of('type', longest.name) || 'string',
      title: of('title', longest.title),
      description: of('description'),
      example: of('example', longest.title),
      required: form.get(`f${index}.required`) === 'yes',
      choices: of('choices', longest.choices),
      pattern: of('pattern', longest.pattern),
      minimum: of('minimum', longest.name),
      maximum: of('maximum', longest.name),
    };
  });
  const done = pressed(form.get('do') ?? '', fields);
  return {
    input: { title: text('title', longest.title), description: text('description', longest.text), fields: done.fields },
    at: done.at,
  };
}

function pressed(button: string, fields: readonly FieldInput[]) {
  const [act = '', place = ''] = button.split('.');
  const index = Number.parseInt(place, 10);
  if (act === 'add') return { fields: [...fields, empty], at: fields.length };
  const field = fields[index];
  if (field === undefined) return { fields, at: null };
  const rest = fields.filter((_, other) => other !== index);
  if (act === 'remove') return { fields: rest, at: null };
  const to = act === 'up' ? index - 1 : act === 'down' ? index + 1 : -1;
  if (to < 0 || to > rest.length) return { fields, at: index };
  return { fields: [...rest.slice(0, to), field, ...rest.slice(to)], at: to };
}

/** The descriptor that the inputs describe; what they do not show (English titles, units, checks) stays of the one before. */
export function descriptorOf(input: SchemaInput, before: Descriptor, name: string): Descriptor {
  const known = new Map(
    (Array.isArray(before['fields']) ? before['fields'].filter(isRecord) : []).map((field) => [
      textOf(field['name']),
      field,
    ]),
  );
  const fields = input.fields.map((field) => fieldOf(field, known.get(field.was)));
  const names = new Set(input.fields.map((field) => field.name));
  const required = new Set(input.fields.filter((field) => field.required).map((field) => field.name));
  const { primaryKey: _key, custom_checks: checks, titleEn, descriptionEn, ...rest } = before;
  const key = keyOf(before).filter((field) => names.has(field) && required.has(field));
  const keptChecks = (Array.isArray(checks) ? checks.filter(isRecord) : []).filter((check) => {
    const params = isRecord(check['params']) ? Object.values(check['params']).flat() : [];
    return params.every((param) => !known.has(textOf(param)) || names.has(textOf(param)));
  });
  return {
    ...rest,
    name,
    title: input.title,
    // A translation holds as long as what it translates.
    ...(titleEn !== undefined && before['title'] === input.title && { titleEn }),
    ...(input.description !== '' ? { description: input.description } : { description: undefined }),
    ...(descriptionEn !== undefined && textOf(before['description']) === input.description && { descriptionEn }),
    ...(key.length > 0 && { primaryKey: key }),
    fields,
    ...(keptChecks.length > 0 && { custom_checks: keptChecks }),
  };
}

function fieldOf(field: FieldInput, before: Descriptor | undefined): Descriptor {
  const { name, type, title, description, example, required, pattern, minimum, maximum } = field;
  const was = before !== undefined && before['type'] === type ? before : undefined;
  const {
    enum: _enum,
    pattern: _pattern,
    minimum: _minimum,
    maximum: _maximum,
    required: _required,
    ...other
  } = was !== undefined && isRecord(was['constraints']) ? was['constraints'] : {};
  const choices = field.choices
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const constraints = {
    ...other,
    ...(required && { required }),
    ...(choices.length > 0 && { enum: choices }),
    ...(pattern !== '' && { pattern }),
    ...(minimum !== '' && { minimum: bound(minimum, type) }),
    ...(maximum !== '' && { maximum: bound(maximum, type) }),
  };
  const { titleEn, constraints: _constraints, example: _example, description: _description, ...rest } = was ?? {};
  return {
    ...rest,
    name,
    title: title === '' ? name : title,
    ...(titleEn !== undefined && was?.['title'] === title && { titleEn }),
    ...(description !== '' && { description }),
    type,
    ...(type === 'boolean' && was === undefined && { trueValues: ['oui'], falseValues: ['non'] }),
    ...(example !== '' && { example }),
    ...(Object.keys(constraints).length > 0 && { constraints }),
  };
}

/** Numbers are numbers in the descriptor of a column of numbers; days stay texts. */
function bound(text: string, type: string): string | number {
  const number = Number(text.replace(',', '.'));
  return (type === 'number' || type === 'integer' || type === 'year') && Number.isFinite(number) ? number : text;
}

/**
 * What keeps a draft from being shown to all.
 * @param matches whether a pattern can be read and a value matches it; null for what is no pattern
 */
export function faultsOf(
  { title, fields }: SchemaInput,
  matches: (pattern: string, value: string) => boolean | null,
): readonly Fault[] {
  const faults: Fault[] = [];
  if (title === '') faults.push({ field: null, code: 'title.missing', about: '' });
  if (fields.length === 0) faults.push({ field: null, code: 'fields.none', about: '' });
  const seen = new Set<string>();
  for (const [index, field] of fields.entries()) {
    const { name, pattern, example, minimum, maximum, type } = field;
    const fault = (code: Fault['code'], about: string) => faults.push({ field: index, code, about });
    if (!/^[A-Za-z][A-Za-z0-9_]{0,62}$/.test(name)) fault('field.name', name);
    else if (seen.has(name.toLowerCase())) fault('field.twice', name);
    seen.add(name.toLowerCase());
    const choices = field.choices === '' ? [] : field.choices.split('\n').map((line) => line.trim());
    const fits = pattern === '' ? true : matches(pattern, example);
    const numeric = type === 'number' || type === 'integer' || type === 'year';
    const [low, high] = [minimum, maximum].map((text) => (numeric ? Number(text.replace(',', '.')) : text));
    const unreadable = numeric && [minimum, maximum].some((text) => text !== '' && !isNumber(text));
    if (fits === null) fault('field.pattern', name);
    else if (unreadable || (minimum !== '' && maximum !== '' && (low ?? '') > (high ?? '')))
      fault('field.bounds', name);
    else if (example !== '' && (!fits || (choices.length > 0 && !choices.includes(example))))
      fault('field.example', name);
    else if (example !== '' && numeric && !isWithin(example, minimum, maximum)) fault('field.example', name);
  }
  return faults;
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text.replace(',', '.')));
}

function isWithin(example: string, minimum: string, maximum: string): boolean {
  if (!isNumber(example)) return false;
  const value = Number(example.replace(',', '.'));
  return (
    (minimum === '' || value >= Number(minimum.replace(',', '.'))) &&
    (maximum === '' || value <= Number(maximum.replace(',', '.')))
  );
}

function keyOf(descriptor: Descriptor): readonly string[] {
  const key = descriptor['primaryKey'];
  return (Array.isArray(key) ? key : [key]).filter((each) => typeof each === 'string');
}

function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';
}
