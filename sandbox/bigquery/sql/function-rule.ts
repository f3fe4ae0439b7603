import type { Cursor } from './cursor.ts';
import { exactly } from './exact.ts';
import type { Token } from './tokens.ts';
import type { Expression } from './writing.ts';

/** A function as it is called. */
export interface Call {
  readonly token: Token;
  readonly args: readonly Expression[];
  readonly isDistinct: boolean;
  /** Empty, or ` ORDER BY …`. */
  readonly order: string;
  /** Of `ARRAY_AGG(… LIMIT 3)`. */
  readonly limit?: string;
  readonly nulls: 'IGNORE' | 'RESPECT' | undefined;
  /** `COUNT(*)`. */
  readonly isStar: boolean;
}

/** How a function of GoogleSQL is said to DuckDB. */
export interface FunctionRule {
  readonly least: number;
  readonly most: number;
  /** Aggregates and analytic functions: they take DISTINCT, ORDER BY and OVER. */
  readonly isAggregate?: boolean;
  /** Gives another value each time. */
  readonly isVolatile?: boolean;
  /** The greater the first argument, the greater the result, or it stays the same; the others are constants. */
  readonly grows?: boolean;
  /** Which argument is a date part such as DAY, from 0. */
  readonly part?: number;
  readonly write: (call: Call, cursor: Cursor) => string;
  /** How it is said where NUMERIC may be among the values. */
  readonly writeExact?: (call: Call, cursor: Cursor) => string;
  /** The same of an aggregate: each call with `over`, which is empty or begins with OVER. */
  readonly writeExactOver?: (call: Call, over: string, cursor: Cursor) => string;
}

/** The arguments, with commas. */
export function list({ args }: Call): string {
  return args.map(({ sql }) => sql).join(', ');
}

/** The SQL of one argument, from 0. */
export function argument({ args }: Call, index: number): string {
  return args[index]?.sql ?? 'NULL';
}

/** A function that DuckDB has too, with the same meaning. */
export function same(name: string, least: number, most = least): FunctionRule {
  return { least, most, write: (call) => `${name}(${list(call)})` };
}

/** The same, with a macro of its own for NUMERIC. */
export function exact(rule: FunctionRule, name: string): FunctionRule {
  return {
    ...rule,
    writeExact: (call) =>
      exactly(name, argument(call, 0), call.args.length > 1 ? argument(call, 1) : undefined),
  };
}

/** A function with a text of its own. */
export function own(least: number, most: number, write: FunctionRule['write']): FunctionRule {
  return { least, most, write };
}

/** An aggregate, which DuckDB has under this name. */
export function aggregate(name: string, least = 1, most = least): FunctionRule {
  return {
    least,
    most,
    isAggregate: true,
    write: (call) => {
      const distinct = call.isDistinct ? 'DISTINCT ' : '';
      const nulls = call.nulls === undefined ? '' : ` ${call.nulls} NULLS`;
      return `${name}(${distinct}${call.isStar ? '*' : list(call)}${nulls}${call.order})`;
    },
  };
}
