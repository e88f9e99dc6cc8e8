// From the tree to the SQL of values: every name is looked up, every type checked, every literal bound.
import { type ErrorParams, TerroirError } from '../../lib/errors.ts';
import { quoteIdentifier } from '../../stores/tables/dialect.ts';
import type { SqlValue } from '../../stores/tables/engine.ts';
import { aggregates, conditionFunctions, groupFunctions, scalarFunctions } from './functions.ts';
import { cornersSql } from './hull-sql.ts';
import { type Kind, kinds } from './kinds.ts';
import { type DateValue, readDate } from './literals.ts';
import { fromZone, scalarValue, type Tools } from './scalars.ts';
import { type QuerySettings, usualSettings } from './settings.ts';
import { type Column, columnsOf, type StoredVersion } from './stored-version.ts';
import type { Clause } from './tokens.ts';
import type { BindText, Literal, Node } from './tree.ts';
import type { Value } from './value.ts';

/** Where a value stands: of one row, of all rows (aggregates allowed), of a group (what is not an aggregate is grouped). */
export type Standing = 'row' | 'total' | 'group';

/** The engine refuses expressions nested more than a thousand times; each of our levels is a few of its own. */
const maxLevels = 200;

const sqlTypes: Partial<Record<Kind, string>> = { number: 'DOUBLE', date: 'DATE', datetime: 'TIMESTAMP' };

type Call = Extract<Node, { kind: 'call' }>;

/** Compiles the values of one statement; its parameters are gathered in order. */
export class ValueCompiler {
  readonly params: SqlValue[] = [];
  readonly version: StoredVersion;
  readonly settings: QuerySettings;
  readonly #columns: ReadonlyMap<string, Column>;
  /** The clause that is read: errors name it. */
  clause: Clause = 'where';
  /** A grouped value, where values stand in groups. */
  grouped: ((node: Node) => Value | null) | null = null;
  /** The places whose hulls are wanted: their outermost points are found before (hull-sql.ts). */
  readonly hulls: string[] = [];
  #levels = 0;

  constructor(version: StoredVersion, settings: QuerySettings = usualSettings()) {
    this.version = version;
    this.settings = settings;
    this.#columns = new Map(columnsOf(version).map((column) => [column.name, column]));
  }

  readonly bind: BindText = (value) => `$${this.params.push(value)}`;

  value(node: Node, standing: Standing): Value {
    return this.deeper((): Value => {
      const grouped = standing === 'group' ? (this.grouped?.(node) ?? null) : null;
      if (grouped !== null) return grouped;
      switch (node.kind) {
        case 'field':
          if (standing === 'group') throw this.error('query.notGrouped', { name: node.name });
          return this.field(node);
        case 'text':
          return { sql: cast(this.bind(node.value), 'VARCHAR'), kind: 'text' };
        case 'number':
          return {
            sql: cast(this.bind(node.value), 'DOUBLE'),
            kind: 'number',
            whole: Number.isSafeInteger(node.value),
          };
        case 'boolean':
          return { sql: node.value ? 'TRUE' : 'FALSE', kind: 'boolean' };
        case 'date':
          return this.#dateValue(this.date(node) as DateValue);
        case 'minus':
          return { sql: `(- ${this.#number(node.of, standing)})`, kind: 'number' };
        case 'arithmetic': {
          const [left, right] = [this.#number(node.left, standing), this.#number(node.right, standing)];
          // Nothing divided by zero has a value.
          const sql = node.operator === '/' ? `(${left} / NULLIF(${right}, 0))` : `(${left} ${node.operator} ${right})`;
          return { sql, kind: 'number' };
        }
        case 'call':
          return this.#call(node, standing);
        default:
          throw this.error('query.valueExpected', { position: node.at + 1 });
      }
    });
  }

  field(node: Extract<Node, { kind: 'field' }>): Value {
    const column = this.column(node);
    const sql = quoteIdentifier(column.name);
    // A time of day is compared as it is written, "08:30:00".
    if (column.type === 'time') return { sql: cast(sql, 'VARCHAR'), kind: 'time' };
    return { sql, kind: kinds[column.type], ...(column.type === 'integer' && { whole: true }) };
  }

  column(node: Extract<Node, { kind: 'field' }>): Column {
    const column = this.#columns.get(node.name);
    if (column === undefined) throw this.error('query.unknownField', { name: node.name });
    return column;
  }

  /** A literal as a date; null when it is written as none. */
  date(literal: Literal): DateValue | null {
    if (literal.kind === 'number' && /^\d{4}$/.test(literal.written)) return readDate(literal.written);
    if (literal.kind === 'number' && /^\d{8}$/.test(literal.written))
      return readDate(literal.written.replace(/^(\d{4})(\d{2})/, '$1-$2-'));
    if (literal.kind !== 'text' && literal.kind !== 'date') return null;
    const date = readDate(literal.value);
    if (date === null && literal.kind === 'date')
      throw this.error('query.dateInvalid', { value: literal.value.slice(0, 100) });
    return date;
  }

  /** SQL of a date in UTC; one without an offset is of the query's time zone. */
  moment(date: DateValue): string {
    const sql = cast(this.bind(date.text), 'TIMESTAMP');
    return date.zoned ? sql : fromZone(sql, this.settings.timezone);
  }

  #dateValue(date: DateValue): Value {
    if (date.type === 'date') return { sql: cast(this.bind(date.text), 'DATE'), kind: 'date' };
    return { sql: this.moment(date), kind: 'datetime' };
  }

  /** Reckoned in floating point: no overflow, and a whole number plus a decimal one needs no rule. */
  #number(node: Node, standing: Standing): string {
    const value = this.value(node, standing);
    if (value.kind !== 'number') throw this.error('query.numberExpected', { position: node.at + 1 });
    return cast(value.sql, 'DOUBLE');
  }

  #call(node: Call, standing: Standing): Value {
    if (Object.hasOwn(aggregates, node.name) && !isBoxCondition(node)) return this.#aggregate(node, standing);
    if (Object.hasOwn(scalarFunctions, node.name)) return scalarValue(node, this.#tools(standing));
    if (Object.hasOwn(groupFunctions, node.name)) throw this.error('query.aggregateMisplaced', { name: node.name });
    if (Object.hasOwn(conditionFunctions, node.name))
      throw this.error('query.valueExpected', { position: node.at + 1 });
    throw this.error('query.unknownFunction', { name: node.name.slice(0, 100) });
  }

  #tools(standing: Standing): Tools {
    return {
      clause: this.clause,
      settings: this.settings,
      bind: this.bind,
      value: (node) => this.value(node, standing),
      valueLike: (node, kind) => this.#valueLike(node, kind, standing),
      rowSql: standing === 'group' ? groupRow : 'file_row_number',
      misplaced: (name) => this.error('query.aggregateMisplaced', { name }),
      wrongArguments: (name, expected) => this.error('query.wrongArguments', { name, expected }),
    };
  }

  #valueLike(node: Node, kind: Kind, standing: Standing): Value | null {
    if (node.kind === 'null') return { sql: `CAST(NULL AS ${sqlTypes[kind] ?? 'VARCHAR'})`, kind };
    if (
      (node.kind === 'text' || node.kind === 'number' || node.kind === 'date') &&
      (kind === 'date' || kind === 'datetime')
    ) {
      const date = this.date(node);
      if (date === null) return null;
      if (kind === 'date') return date.type === 'date' ? this.#dateValue(date) : null;
      return { sql: this.moment(date), kind };
    }
    if (node.kind === 'text' && kind === 'time') return { sql: cast(this.bind(node.value), 'VARCHAR'), kind };
    return this.value(node, standing);
  }

  #aggregate(node: Call, standing: Standing): Value {
    const aggregate = aggregates[node.name] as (typeof aggregates)[string];
    if (standing === 'row') throw this.error('query.aggregateMisplaced', { name: node.name });
    if ((node.name === 'envelope' || node.name === 'bbox') && this.clause !== 'select')
      throw this.error('query.aggregateMisplaced', { name: node.name });
    const wrong = () => this.error('query.wrongArguments', { name: node.name, expected: aggregate.written });
    const [of, share] = node.args;
    if (of === undefined || node.args.length !== (node.name === 'percentile' ? 2 : 1)) throw wrong();
    if (node.distinct && aggregate.accepts !== null) throw wrong();
    if (of.kind === 'star') {
      if (aggregate.accepts !== null || node.distinct) throw wrong();
      return { sql: 'count(*)', kind: 'number', whole: true };
    }
    const argument = this.value(of, 'row');
    if (aggregate.accepts !== null && !aggregate.accepts.includes(argument.kind)) throw wrong();
    if (node.name === 'percentile') {
      if (share?.kind !== 'number' || share.value < 0 || share.value > 100) throw wrong();
      return { sql: `quantile_cont(${argument.sql}, ${share.value / 100})`, kind: 'number' };
    }
    if (node.name === 'envelope')
      return { sql: cornersSql(argument.sql, this.hulls.push(argument.sql) - 1), kind: 'envelope' };
    if (node.name === 'bbox') return { sql: boxSql(argument), kind: 'shape' };
    return { sql: aggregate.sql(argument.sql, node.distinct), kind: aggregate.answers(argument.kind) };
  }

  deeper<T>(compile: () => T): T {
    if (++this.#levels > maxLevels) throw this.error('query.tooDeep', { max: maxLevels });
    const compiled = compile();
    this.#levels--;
    return compiled;
  }

  error(code: TerroirError['code'], params: ErrorParams): TerroirError {
    return new TerroirError(code, { ...params, clause: this.clause });
  }
}

/** What names a group in the statement of groups. */
export const groupRow = '"#group"';

/** `bbox` with two corners is version 2.0's condition, with a field the aggregate. */
export function isBoxCondition(node: Call): boolean {
  return node.name === 'bbox' && node.args.length === 3;
}

/** The box of all the places of a column, as a geometry. */
function boxSql({ sql, kind }: Value): string {
  const side = (axis: 'lon' | 'lat', least: boolean) =>
    kind === 'point'
      ? `${least ? 'min' : 'max'}(${sql}.${axis})`
      : `${least ? 'min' : 'max'}(${shapeSide(sql, axis, least)})`;
  const corner = (west: boolean, south: boolean) => `${side('lon', west)} || ' ' || ${side('lat', south)}`;
  const ring = [corner(true, true), corner(false, true), corner(false, false), corner(true, false), corner(true, true)];
  return `CAST('POLYGON((' || ${ring.join(" || ', ' || ")} || '))' AS GEOMETRY)`;
}

export function cast(sql: string, type: string): string {
  return `CAST(${sql} AS ${type})`;
}

/** The engine tells no extent of a shape: its text does. */
function shapeSide(sql: string, axis: 'lon' | 'lat', least: boolean): string {
  const number = '-?[0-9][0-9.eE+-]*';
  const pattern = `(${number}) (${number})(?: ${number})*`;
  const numbers = `regexp_extract_all(st_astext(${sql}), '${pattern}', ${axis === 'lon' ? 1 : 2})`;
  return `${least ? 'list_min' : 'list_max'}(list_transform(${numbers}, lambda n: CAST(n AS DOUBLE)))`;
}
