import { Cursor } from '../sql/cursor.ts';
import { readType } from '../sql/types.ts';
import { readExpressionPiece, readStatementPiece } from './read-pieces.ts';
import { SystemVariables } from './system-variables.ts';
import type { Token } from '../sql/tokens.ts';
import type { Branch, Declaration, Piece, Step } from './steps.ts';

interface Around {
  readonly isInLoop: boolean;
  readonly mayDeclare?: boolean;
}

/** A statement's first word, which was read, and its place. */
interface Begun extends Around {
  readonly word: string;
  readonly at: number;
}

/** Statements that only scripts have, by their first words. */
const readers: Readonly<Record<string, (cursor: Cursor, begun: Begun) => Step>> = {
  DECLARE: readDeclare,
  SET: readSet,
  IF: readIf,
  BEGIN: readBlock,
  WHILE: readLoop,
  LOOP: readLoop,
  REPEAT: readLoop,
  RAISE: readRaise,
  ASSERT: readAssert,
  RETURN: (_, { at }) => ({ kind: 'return', at }),
  BREAK: readJump,
  LEAVE: readJump,
  CONTINUE: readJump,
  ITERATE: readJump,
};
/** Those that the sandbox does not do. */
const refused = new Set('CALL CASE COMMIT EXECUTE EXPORT FOR ROLLBACK'.split(' '));

/**
 * Reads a script of several statements, or of one that only scripts have; undefined of a query of one statement.
 * What the sandbox does not do it refuses here, before anything runs.
 */
export function readScript(sql: string): readonly Step[] | undefined {
  const cursor = new Cursor(sql);
  const steps = readSteps(cursor, { isInLoop: false, mayDeclare: true });
  if (cursor.peek().kind !== 'end') throw cursor.wrong(`Unexpected "${cursor.peek().text}"`);
  const isOne = steps.length === 1 && steps[0]?.kind === 'statement';
  return steps.length === 0 || isOne ? undefined : steps;
}

const closing = ['END', 'ELSE', 'ELSEIF', 'EXCEPTION', 'UNTIL'];

/** Statements up to the word that closes their block. Between two of them stands a semicolon. */
function readSteps(cursor: Cursor, { isInLoop, mayDeclare = false }: Around): Step[] {
  const steps: Step[] = [];
  while (cursor.peek().kind !== 'end' && !closing.some((word) => cursor.is(word))) {
    const areOnlyDeclared = mayDeclare && steps.every(({ kind }) => kind === 'declare');
    if (cursor.is('DECLARE') && !areOnlyDeclared)
      throw cursor.wrong('Variable declarations are allowed only at the start of a block or script');
    steps.push(readStep(cursor, { isInLoop }));
    if (cursor.take(';')) continue;
    if (cursor.peek().kind !== 'end') throw cursor.wrong(`Expected ";" but got ${cursor.peek().text}`);
  }
  return steps;
}

function readStep(cursor: Cursor, around: Around): Step {
  const { kind, text, at } = cursor.peek();
  if (kind === 'symbol' && text === ';') throw cursor.wrong('Unexpected ";"');
  if (kind === 'word' && refused.has(text)) throw cursor.unsupported(`statements that begin with ${text}`);
  if (cursor.peek(1).text === ':') throw cursor.unsupported('labels');
  const reader = kind === 'word' ? readers[text] : undefined;
  if (!reader) return { kind: 'statement', piece: readStatementPiece(cursor) };
  cursor.next();
  return reader(cursor, { ...around, word: text, at });
}

/** `DECLARE a, b INT64 DEFAULT 1`. */
function readDeclare(cursor: Cursor, { at }: Begun): Declaration {
  const names = [cursor.name()];
  while (cursor.take(',')) names.push(cursor.name());
  const hasType = !cursor.is('DEFAULT');
  const type = hasType ? readType(cursor) : undefined;
  const value = cursor.take('DEFAULT') ? readExpressionPiece(cursor) : undefined;
  return { kind: 'declare', names, type, value, at };
}

function readSet(cursor: Cursor): Step {
  const isMany = cursor.take('(');
  const names: { name: string; at: number }[] = [];
  const isSystem = !isMany && cursor.peek().kind === 'system';
  do {
    const { at, value } = cursor.peek();
    if (isSystem && !SystemVariables.mutable.has(value.toLowerCase()))
      throw cursor.unsupported(`SET @@${value}`);
    names.push({ name: isSystem ? (cursor.next(), value) : cursor.name(), at });
  } while (isMany && cursor.take(','));
  if (isMany) cursor.expect(')');
  cursor.expect('=');
  const value = readExpressionPiece(cursor);
  return { kind: 'set', names, isSystem, isMany, value: isMany ? rowOf(value) : value };
}

/** `(SELECT AS STRUCT a, b FROM t)` as the query of a row. */
function rowOf(piece: Piece): Piece {
  const { tokens } = piece;
  const begins = ['(', 'SELECT', 'AS', 'STRUCT'].every((text, index) => tokens[index]?.text === text);
  const [select] = tokens.slice(1);
  const [last, end] = tokens.slice(-2);
  if (!begins || !select || !end || last?.text !== ')' || closesEarly(tokens)) return piece;
  return { ...piece, tokens: [select, ...tokens.slice(4, -2), end], isRow: true };
}

/** Whether the first bracket is closed before the end: there is more than the query. */
function closesEarly(tokens: readonly Token[]): boolean {
  let depth = 0;
  return tokens.slice(0, -2).some(({ kind, text }) => {
    if (kind === 'symbol' && text === '(') depth += 1;
    if (kind === 'symbol' && text === ')') depth -= 1;
    return depth === 0;
  });
}

function readIf(cursor: Cursor, { isInLoop }: Begun): Step {
  const branches: Branch[] = [];
  do {
    const condition = readExpressionPiece(cursor, 'THEN');
    cursor.expect('THEN');
    branches.push({ condition, steps: readSteps(cursor, { isInLoop }) });
  } while (cursor.take('ELSEIF'));
  const otherwise = cursor.take('ELSE') ? readSteps(cursor, { isInLoop }) : [];
  end(cursor, 'IF');
  return { kind: 'choose', branches, otherwise };
}

function readBlock(cursor: Cursor, { isInLoop }: Begun): Step {
  if (cursor.is('TRANSACTION') || cursor.is(';') || cursor.peek().kind === 'end')
    throw cursor.unsupported('BEGIN TRANSACTION');
  const steps = readSteps(cursor, { isInLoop, mayDeclare: true });
  let handler: readonly Step[] | undefined;
  if (cursor.take('EXCEPTION')) {
    for (const word of ['WHEN', 'ERROR', 'THEN']) cursor.expect(word);
    handler = readSteps(cursor, { isInLoop });
  }
  end(cursor);
  return { kind: 'block', steps, handler };
}

function readLoop(cursor: Cursor, { word, at }: Begun): Step {
  const before = word === 'WHILE' ? readExpressionPiece(cursor, 'DO') : undefined;
  if (before) cursor.expect('DO');
  const steps = readSteps(cursor, { isInLoop: true });
  if (word === 'REPEAT') cursor.expect('UNTIL');
  const until = word === 'REPEAT' ? readExpressionPiece(cursor, 'END') : undefined;
  end(cursor, word);
  return { kind: 'loop', before, until, steps, at };
}

function end(cursor: Cursor, word?: string): void {
  cursor.expect('END');
  if (word !== undefined) cursor.expect(word);
}

/** `RAISE` in a handler raises what was caught again. */
function readRaise(cursor: Cursor, { at }: Begun): Step {
  if (!cursor.take('USING', 'MESSAGE')) return { kind: 'raise', message: undefined, at };
  cursor.expect('=');
  return { kind: 'raise', message: readExpressionPiece(cursor), at };
}

function readAssert(cursor: Cursor, { at }: Begun): Step {
  const condition = readExpressionPiece(cursor, 'AS');
  if (!cursor.take('AS')) return { kind: 'assert', condition, description: undefined, at };
  const { kind, value } = cursor.next();
  if (kind !== 'string') throw cursor.wrong('Expected a string literal after AS');
  return { kind: 'assert', condition, description: value, at };
}

function readJump(cursor: Cursor, { word, at, isInLoop }: Begun): Step {
  if (!isInLoop) throw cursor.wrong(`${word} is only allowed inside of a loop body`);
  if (cursor.isName()) throw cursor.unsupported('labels');
  return { kind: word === 'BREAK' || word === 'LEAVE' ? 'leave' : 'continue', at };
}
