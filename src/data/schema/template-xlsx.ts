// The empty table of a schema as a workbook: lists to choose from, help on each header, an example, a page that explains.
import type { Cell, CellStyle, CellValue, DataValidation } from 'hucre';
import { writeXlsx } from 'hucre/xlsx';
import { fillSentence } from '../../lib/errors.ts';
import type { Language } from '../../model/language.ts';
import { templateMessages } from '../../model/messages/schema-templates.ts';
import { columnLetters } from '../../model/problem.ts';
import type { SchemaField, TableSchema } from '../../model/schema.ts';
import { choices } from './constraints.ts';
import { typeCheck } from './types.ts';

/** Rows that have their lists ready; a town hall fills a few hundreds. */
const preparedRows = 5000;
const widest = 40;

const headerStyle: CellStyle = {
  font: { bold: true, color: { rgb: 'FFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: '1F4E5F' } },
};
const requiredStyle: CellStyle = {
  ...headerStyle,
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: '7A2E1D' } },
};

/** @returns the bytes of an XLSX file: the data's sheet first, its help, and the lists that the cells choose from */
export async function xlsxTemplate(schema: TableSchema, lang: Language): Promise<Uint8Array> {
  const say = (key: keyof typeof templateMessages, params: Record<string, string> = {}) =>
    fillSentence(templateMessages[key][lang], params);
  const lists = schema.fields.map((field) => choicesOf(field));
  const cells = new Map<string, Partial<Cell>>();
  const validations: DataValidation[] = [];
  let listed = 0;
  for (const [index, field] of schema.fields.entries()) {
    const required = field.constraints.required === true;
    const style = required ? requiredStyle : headerStyle;
    cells.set(`0,${index}`, {
      value: field.name,
      type: 'string',
      style,
      comment: { text: help(field, lang), author: 'Terroir' },
    });
    const list = lists[index];
    if (list === undefined || list.length === 0) continue;
    const column = columnLetters(listed++);
    const letters = columnLetters(index);
    validations.push({
      type: 'list',
      formula1: `Listes!$${column}$2:$${column}$${list.length + 1}`,
      range: `${letters}2:${letters}${preparedRows}`,
      allowBlank: !required,
      showErrorMessage: true,
      errorStyle: 'warning',
      errorTitle: field.name.slice(0, 32),
      errorMessage: say('template.chooseFromList').slice(0, 225),
    });
  }
  const withList = schema.fields.filter((_, index) => (lists[index]?.length ?? 0) > 0);
  const longest = Math.max(0, ...lists.map((list) => list.length));
  const listRows: CellValue[][] = [withList.map((field) => field.name)];
  const filledLists = lists.filter((list) => list.length > 0);
  for (let row = 0; row < longest; row++) listRows.push(filledLists.map((list) => list[row] ?? null));
  return writeXlsx({
    sheets: [
      {
        name: say('template.sheet.data'),
        columns: schema.fields.map((field) => ({
          header: field.name,
          width: Math.min(widest, Math.max(12, field.name.length + 3)),
          style: { numFmt: numberFormat(field) },
        })),
        rows: [schema.fields.map((field) => field.name), schema.fields.map(exampleCell)],
        cells,
        dataValidations: validations,
        freezePane: { rows: 1 },
      },
      {
        name: say('template.sheet.help'),
        columns: [{ width: 28 }, { width: 34 }, { width: 14 }, { width: 60 }, { width: 34 }],
        rows: [
          [lang === 'en' ? (schema.titleEn ?? schema.title) : schema.title],
          [say('template.replaceExample')],
          [say('template.keepHeader')],
          [],
          ['template.column', 'template.meaning', 'template.required', 'template.expected', 'template.example'].map(
            (key) => say(key as keyof typeof templateMessages),
          ),
          ...schema.fields.map((field) => [
            field.name,
            titleOf(field, lang),
            say(field.constraints.required === true ? 'template.yes' : 'template.no'),
            expectation(field, lang),
            exampleOf(field),
          ]),
        ],
        freezePane: { rows: 5 },
      },
      ...(withList.length === 0 ? [] : [{ name: 'Listes', rows: listRows }]),
    ],
  });
}

/** Codes are text: a number format would take their zeros away. */
function numberFormat(field: SchemaField): string {
  if (field.type === 'integer' || field.type === 'year') return '0';
  if (field.type === 'number') return 'General';
  return '@';
}

function exampleCell(field: SchemaField): CellValue {
  const example = exampleOf(field);
  const number = Number(example);
  const isNumber = (field.type === 'integer' || field.type === 'number' || field.type === 'year') && example !== '';
  return isNumber && Number.isFinite(number) ? number : example;
}

/** The schema's example when it can be one; else the first choice, the field's own words, or what its type looks like. */
function exampleOf(field: SchemaField): string {
  const accepted = choicesOf(field);
  const { example } = field;
  const usable = example !== null && example.length <= 200 && (accepted.length === 0 || accepted.includes(example));
  if (usable) return example;
  const [choice] = accepted;
  if (choice !== undefined) return choice;
  if (field.constraints.required !== true) return '';
  const isWords = field.type === 'any' || (field.type === 'string' && field.format === 'default');
  return isWords ? (field.title ?? field.name) : typeCheck(field, 'c0').example;
}

function choicesOf(field: SchemaField): readonly string[] {
  if (field.constraints.enum !== undefined) return field.constraints.enum;
  return field.type === 'boolean' ? [field.trueValues[0] ?? 'true', field.falseValues[0] ?? 'false'] : [];
}

function titleOf(field: SchemaField, lang: Language): string {
  return (lang === 'en' ? (field.titleEn ?? field.title) : field.title) ?? '';
}

/** The note on a header: what it means, whether it must be filled, what is expected. */
function help(field: SchemaField, lang: Language): string {
  const required =
    templateMessages[field.constraints.required === true ? 'template.mustFill' : 'template.mayFill'][lang];
  const example = exampleOf(field);
  const lines = [titleOf(field, lang), field.description ?? '', required, expectation(field, lang)];
  if (example !== '') lines.push(fillSentence(templateMessages['template.exampleIs'][lang], { example }));
  return lines
    .filter((line) => line !== '')
    .join('\n')
    .slice(0, 1500);
}

function expectation(field: SchemaField, lang: Language): string {
  const { constraints } = field;
  const accepted = choicesOf(field);
  const parts: string[] = [templateMessages[`template.type.${field.type}`][lang]];
  if (accepted.length > 0) parts.push(choices(accepted));
  if (constraints.minimum !== undefined) parts.push(`≥ ${constraints.minimum}`);
  if (constraints.maximum !== undefined) parts.push(`≤ ${constraints.maximum}`);
  if (constraints.maxLength !== undefined)
    parts.push(fillSentence(templateMessages['template.atMost'][lang], { count: constraints.maxLength }));
  return parts.join(' · ');
}
