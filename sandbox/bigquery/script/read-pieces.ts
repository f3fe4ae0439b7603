import type { Cursor } from '../sql/cursor.ts';
import type { Piece } from './steps.ts';

/** Reads a statement, to its semicolon or the end of the script. */
export function readStatementPiece(cursor: Cursor): Piece {
  return pieceTo(cursor, () => false);
}

/** Reads an expression up to one of these words, a semicolon or the end. Words in brackets and within CASE do not count. */
export function readExpressionPiece(cursor: Cursor, ...ends: readonly string[]): Piece {
  let depth = 0;
  const piece = pieceTo(cursor, () => {
    if (depth === 0 && ends.some((word) => cursor.is(word))) return true;
    if (depth === 0 && cursor.is(',')) throw cursor.wrong('Unexpected ","');
    if (cursor.is('(') || cursor.is('[') || cursor.is('CASE')) depth += 1;
    if (cursor.is(')') || cursor.is(']') || cursor.is('END')) depth -= 1;
    return false;
  });
  if (piece.tokens.length === 1) {
    const { kind, text } = cursor.peek();
    throw cursor.wrong(`Unexpected ${kind === 'end' ? 'end of script' : `"${text}"`}`);
  }
  return piece;
}

function pieceTo(cursor: Cursor, ends: () => boolean): Piece {
  const from = cursor.place;
  const { at } = cursor.peek();
  let end = at;
  while (cursor.peek().kind !== 'end' && !cursor.is(';') && !ends()) {
    const token = cursor.next();
    end = token.at + token.text.length;
  }
  return { tokens: cursor.since(from), at, end };
}
