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
  | (Placed & { readonly kind: 'null' });

export type CompareOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like';
export type ArithmeticOperator = '+' | '-' | '*' | '/';

/** Values and conditions share one tree: the compiler says which is expected where. */
export type Node =
  | Literal
  | (Placed & { readonly kind: 'field'; readonly name: string })
  /** The `*` of `count(*)` and of `search(*, "…")`. */
  | (Placed & { readonly kind: 'star' })
  | (Placed & {
      readonly kind: 'call';
      readonly name: string;
      readonly distinct: boolean;
      readonly args: readonly Node[];
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

export type SelectItem =
  | { readonly kind: 'all' }
  | { readonly kind: 'value'; readonly node: Node; readonly alias: string | null; readonly written: string };

export type OrderItem = { readonly node: Node; readonly descending: boolean };

export type QueryTree = {
  /** null: every field. */
  readonly select: readonly SelectItem[] | null;
  /** null: every row. */
  readonly where: Node | null;
  readonly orderBy: readonly OrderItem[];
};

/** The texts of a query as they arrive. Several `where` are all required. */
export type QueryTexts = {
  readonly select?: string;
  readonly where?: readonly string[];
  readonly orderBy?: string;
};

export type { Clause };
