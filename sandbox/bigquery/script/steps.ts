import type { Token } from '../sql/tokens.ts';

/** A piece of a script: a statement or an expression. */
export interface Piece {
  /** With an end. */
  readonly tokens: readonly Token[];
  /** Where it begins and ends in the script, from 0. */
  readonly at: number;
  readonly end: number;
  /** A query whose one row is the value: `(SELECT AS STRUCT …)`, without the brackets and these words. */
  readonly isRow?: boolean;
}

/** What a script does, one thing after another. https://cloud.google.com/bigquery/docs/reference/standard-sql/procedural-language */
export type Step =
  | { readonly kind: 'statement'; readonly piece: Piece }
  | Declaration
  | Assignment
  | { readonly kind: 'choose'; readonly branches: readonly Branch[]; readonly otherwise: readonly Step[] }
  | Loop
  | { readonly kind: 'leave'; readonly at: number }
  | { readonly kind: 'continue'; readonly at: number }
  | { readonly kind: 'return'; readonly at: number }
  | { readonly kind: 'block'; readonly steps: readonly Step[]; readonly handler: readonly Step[] | undefined }
  | { readonly kind: 'raise'; readonly message: Piece | undefined; readonly at: number }
  | {
      readonly kind: 'assert';
      readonly condition: Piece;
      readonly description: string | undefined;
      readonly at: number;
    };

export interface Declaration {
  readonly kind: 'declare';
  readonly names: readonly string[];
  /** In DuckDB's words; without one it is that of the value. */
  readonly type: string | undefined;
  readonly value: Piece | undefined;
  readonly at: number;
}

/** `SET a = 1`, `SET (a, b) = (1, 2)`, `SET @@dataset_id = 'x'`. */
export interface Assignment {
  readonly kind: 'set';
  readonly names: readonly { readonly name: string; readonly at: number }[];
  readonly isSystem: boolean;
  /** In brackets: the value is a STRUCT. */
  readonly isMany: boolean;
  readonly value: Piece;
}

export interface Branch {
  readonly condition: Piece;
  readonly steps: readonly Step[];
}

/** `WHILE` has a condition before, `REPEAT` one after, `LOOP` none. */
export interface Loop {
  readonly kind: 'loop';
  readonly before: Piece | undefined;
  readonly until: Piece | undefined;
  readonly steps: readonly Step[];
  readonly at: number;
}

export interface FoundPiece {
  readonly piece: Piece;
  readonly isStatement: boolean;
}

/** All pieces of some steps that are statements or expressions, in order. */
export function piecesOf(steps: readonly Step[]): readonly FoundPiece[] {
  return steps.flatMap((step): readonly FoundPiece[] => {
    if (step.kind === 'statement') return [{ piece: step.piece, isStatement: true }];
    if (step.kind === 'choose')
      return [...step.branches.flatMap(piecesOfBranch), ...piecesOf(step.otherwise)];
    if (step.kind === 'loop') return [...values(step.before), ...piecesOf(step.steps), ...values(step.until)];
    if (step.kind === 'block') return piecesOf([...step.steps, ...(step.handler ?? [])]);
    if (step.kind === 'raise') return values(step.message);
    if (step.kind === 'assert') return values(step.condition);
    return 'value' in step ? values(step.value) : [];
  });
}

function piecesOfBranch({ condition, steps }: Branch): readonly FoundPiece[] {
  return [...values(condition), ...piecesOf(steps)];
}

function values(piece: Piece | undefined): readonly FoundPiece[] {
  return piece ? [foundOf(piece)] : [];
}

/** The text of a piece, as it is written. */
export function textOf(sql: string, { at, end }: Piece): string {
  return sql.slice(at, end);
}

/** An expression, to be read. */
export function foundOf(piece: Piece): FoundPiece {
  return { piece, isStatement: piece.isRow === true };
}
