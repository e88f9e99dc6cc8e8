// The tree of a query: what the parser makes and the compiler reads. Nothing in it is SQL.
import type { Clause } from './tokens.ts';

/** Where a node begins in its clause, from 0. */
type Placed = { readonly at: number };

export type Literal =
  | (Placed & { readonly kind: 'text'; readonly value: string })
  /** `written` keeps leading zeros: codes are compared as texts. */
  | (Placed & { readonly kind: 'number'; readonly value: number; readonly written: string })
  | (Placed & { readonly kind: 'date'; readonly value: string })
  | (Placed & { readonly kind: 'boolean'; readonly value: boolean })
  | (Placed & { readonly kind: 'null' })
  /** A place as it is written: WKT or GeoJSON. */
  | (Placed & { readonly kind: 'geometry'; readonly value: string });

export type CompareOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like';
export type ArithmeticOperator = '+' | '-' | '*' | '/';

/** Values and conditions share one tree: the compiler says which is expected where. */
export type Node =
  | Literal
  | (Placed & { readonly kind: 'field'; readonly name: string })
  /** The `*` of `count(*)`, of `search(*, "…")` and of `range(f, *, 10)`. */
  | (Placed & { readonly kind: 'star' })
  /** `10 km`, `1 day`. */
  | (Placed & { readonly kind: 'quantity'; readonly value: number; readonly unit: string })
  /** `years=-1`. */
  | (Placed & { readonly kind: 'named'; readonly name: string; readonly value: Node })
  /** A condition whose rows were looked for before: see resolve.ts. */
  | (Placed & {
      readonly kind: 'found';
      readonly sql: (bind: BindText) => string;
      /** The numbers of exactly these rows from 0, in order, joined by commas, where they are listed. */
      readonly rows?: string;
    })
  /** The cell of a place, and the cluster that each cell became part of: see clusters.ts. */
  | (Placed & {
      readonly kind: 'clusters';
      /** The call as it was written, by which select and order_by name it. */
      readonly of: Node;
      readonly column: string;
      readonly grid: ClusterGrid;
      /** Cells that became part of others, and those others, both joined by commas; null when none did. */
      readonly joined: { readonly cells: string; readonly leaders: string } | null;
    })
  | (Placed & {
      readonly kind: 'call';
      readonly name: string;
      readonly distinct: boolean;
      readonly args: readonly Node[];
      /** Of a search: the words of the texts that are near its own, where they were looked for (resolve.ts). */
      readonly near?: ReadonlyMap<string, readonly string[]>;
    })
  | (Placed & { readonly kind: 'minus'; readonly of: Node })
  | (Placed & {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Node;
      readonly right: Node;
    })
  | (Placed & {
      readonly kind: 'compare';
      readonly operator: CompareOperator;
      readonly left: Node;
      readonly right: Node;
    })
  | (Placed & { readonly kind: 'in'; readonly of: Node; readonly values: readonly Node[] })
  | (Placed & {
      readonly kind: 'range';
      readonly of: Node;
      /** null: no bound on that side. */
      readonly low: Node | null;
      readonly high: Node | null;
      readonly lowIncluded: boolean;
      readonly highIncluded: boolean;
    })
  | (Placed & { readonly kind: 'isNull'; readonly of: Node })
  | (Placed & { readonly kind: 'isBoolean'; readonly of: Node; readonly value: boolean })
  | (Placed & { readonly kind: 'not'; readonly of: Node })
  | (Placed & { readonly kind: 'and' | 'or'; readonly items: readonly Node[] });

/** Cells of a grid over the world: their sides in degrees, how many there are from south to north. */
export type ClusterGrid = { readonly width: number; readonly height: number; readonly rows: number };

/** Puts a text among the parameters of the statement and answers its place. */
export type BindText = (value: string | number | boolean | null) => string;

export type SelectItem =
  | { readonly kind: 'all' }
  /** `include(pop*)`, `exclude(pop*)`. */
  | { readonly kind: 'pattern'; readonly keeps: boolean; readonly name: string; readonly prefix: boolean }
  | { readonly kind: 'value'; readonly node: Node; readonly alias: string | null; readonly written: string };

/** A group, named by its alias or as it is written. */
export type GroupItem = { readonly node: Node; readonly alias: string | null; readonly written: string };

export type OrderItem = { readonly node: Node; readonly descending: boolean };

export type QueryTree = {
  /** null: every field. */
  readonly select: readonly SelectItem[] | null;
  /** null: every row. */
  readonly where: Node | null;
  /** Empty: no groups. */
  readonly groupBy: readonly GroupItem[];
  readonly orderBy: readonly OrderItem[];
};

/** The texts of a query as they arrive. Several `where` are all required. */
export type QueryTexts = {
  readonly select?: string;
  readonly where?: readonly string[];
  readonly groupBy?: string;
  readonly orderBy?: string;
};

export type { Clause };
