import { quoted, textLiteral } from '../../warehouse/names.ts';
import { readCall } from './call.ts';
import { reserved } from './cursor.ts';
import { constant, bytesLiteral, numberLiteral } from './literals.ts';
import { readSpecial, structOf } from './special.ts';
import { binary, comparison, levels } from './operators.ts';
import type { Token } from './tokens.ts';
import { ofSuffix } from './wildcard.ts';
import type { Expression, Writing } from './writing.ts';

/** Reads an expression: `OR` binds least. */
export function expression(writing: Writing): Expression {
  return level(writing, 0);
}

/** Operators of one level, each side made of those that bind more. */
function level(writing: Writing, depth: number): Expression {
  const operators = levels[depth];
  if (!operators) return unary(writing);
  if (operators === 'not') return negation(writing, depth);
  if (operators === 'comparison') return comparison(writing, () => level(writing, depth + 1));
  let left = level(writing, depth + 1);
  for (;;) {
    const operator = operators.find(
      (text) => writing.cursor.is(...text.split(' ')) && isApart(writing, text),
    );
    if (operator === undefined) return left;
    writing.cursor.take(...operator.split(' '));
    left = binary(writing, operator, left, level(writing, depth + 1));
  }
}

/** `> >` is a shift only without a blank between them. */
function isApart({ cursor }: Writing, operator: string): boolean {
  return !operator.includes(' ') || cursor.peek(1).at === cursor.peek().at + 1;
}

function negation(writing: Writing, depth: number): Expression {
  if (!writing.cursor.take('NOT')) return level(writing, depth + 1);
  return ofSuffix(writing, () => ({ sql: `(NOT ${level(writing, depth).sql})` }));
}

function unary(writing: Writing): Expression {
  const { cursor } = writing;
  if (cursor.take('-')) {
    const operand = unary(writing);
    const { number, isFloat } = operand;
    return {
      sql: `(-${operand.sql})`,
      ...(number !== undefined && { number: -number }),
      ...(isFloat && { isFloat }),
    };
  }
  if (cursor.take('+')) return unary(writing);
  if (cursor.take('~')) return { sql: `(~${unary(writing).sql})` };
  return postfix(writing, primary(writing));
}

function postfix(writing: Writing, operand: Expression): Expression {
  const { cursor } = writing;
  let left = operand;
  for (;;) {
    if (cursor.is('[')) left = subscript(writing, left);
    else if (cursor.is('.') && cursor.isName(1)) {
      cursor.next();
      const name = cursor.next().value;
      left = { sql: `(${left.sql}).${quoted(name)}`, name };
    } else return left;
  }
}

function subscript(writing: Writing, array: Expression): Expression {
  const { cursor } = writing;
  cursor.expect('[');
  const word = ['OFFSET', 'ORDINAL', 'SAFE_OFFSET', 'SAFE_ORDINAL'].find((text) => cursor.is(text, '('));
  if (word !== undefined) cursor.next();
  const index = expression(writing).sql;
  cursor.expect(']');
  const offset = word?.endsWith('ORDINAL') ? `${index} - 1` : index;
  return { sql: `bq_at_${word?.startsWith('SAFE') ? 'safe_' : ''}offset(${array.sql}, ${offset})` };
}

function primary(writing: Writing): Expression {
  const { cursor } = writing;
  const token = cursor.peek();
  switch (token.kind) {
    case 'number':
      return numberLiteral(cursor.next().text);
    case 'string':
      cursor.next();
      return { sql: textLiteral(token.value), text: token.value };
    case 'bytes':
      cursor.next();
      return { sql: bytesLiteral(token.value) };
    case 'parameter':
      cursor.next();
      return writing.parameter(token.text === '?' ? undefined : token.value);
    case 'system':
      return systemVariable(writing);
    case 'word':
    case 'quoted':
      return word(writing);
    case 'symbol':
    case 'end':
      return sign(writing, token);
  }
}

function sign(writing: Writing, token: Token): Expression {
  if (token.text === '(') return brackets(writing);
  if (token.text === '[') return arrayOf(writing);
  if (token.text === '|>') throw writing.cursor.unsupported('pipe syntax (|>)');
  throw writing.cursor.wrong(`Unexpected ${token.kind === 'end' ? token.text : `"${token.text}"`}`);
}

function word(writing: Writing): Expression {
  const { cursor } = writing;
  const token = cursor.peek();
  if (token.kind === 'word') {
    const found = constant(writing) ?? readSpecial(writing) ?? readCall(writing);
    if (found) return found;
    if (reserved.has(token.text)) throw cursor.wrong(`Unexpected keyword ${token.text}`);
  }
  return path(writing);
}

/** `a.b.c`. A field may have the name of a keyword. */
function path(writing: Writing): Expression {
  const { cursor, reads, script } = writing;
  const { at } = cursor.peek();
  const names = [cursor.name()];
  while (cursor.is('.') && ['word', 'quoted'].includes(cursor.peek(1).kind)) {
    cursor.next();
    names.push(cursor.next().value);
  }
  const variable = script?.variable(names, at);
  if (!variable || !script?.areValuesKnown) reads.columns.push(names);
  if (variable) {
    const sql = names.slice(1).reduce((whole, field) => `(${whole}).${quoted(field)}`, variable.sql);
    return { sql, name: names.at(-1) ?? '' };
  }
  return {
    sql: names.map(quoted).join('.'),
    name: names.at(-1) ?? '',
    column: { path: names, of: (value) => value },
  };
}

/** `@@name`. */
function systemVariable({ cursor, script }: Writing): Expression {
  const token = cursor.peek();
  const found = script?.system(token.value.toLowerCase());
  if (!found) throw cursor.unsupported(`the system variable ${token.text}`);
  cursor.next();
  return { ...found, name: token.value.split('.').at(-1) ?? '' };
}

function brackets(writing: Writing): Expression {
  const { cursor } = writing;
  cursor.expect('(');
  if (beginsQuery(writing)) {
    const sql = `(${writing.query(writing)})`;
    cursor.expect(')');
    return { sql };
  }
  const items = [expression(writing)];
  while (cursor.take(',')) items.push(expression(writing));
  cursor.expect(')');
  const [only] = items;
  if (items.length === 1 && only) {
    const { text, number, isFloat, column, filter } = only;
    return {
      sql: `(${only.sql})`,
      ...(isFloat && { isFloat }),
      ...(text !== undefined && { text }),
      ...(number !== undefined && { number }),
      ...(column && { column }),
      ...(filter && { filter }),
    };
  }
  return { sql: `row(${items.map(({ sql }) => sql).join(', ')})` };
}

function arrayOf(writing: Writing): Expression {
  const { cursor } = writing;
  cursor.expect('[');
  if (cursor.take(']')) return { sql: '[]' };
  const first = expression(writing);
  const items = [first.sql];
  while (cursor.take(',')) {
    const { sql, struct } = expression(writing);
    // The fields are matched by place in BigQuery, by name in DuckDB.
    items.push(first.struct && struct ? structOf(first.struct.names, struct.values) : sql);
  }
  cursor.expect(']');
  const fields = first.struct?.names ?? [];
  const areNamed = fields.length > 0 && !fields.some((name) => /^(_field_\d+)?$/.test(name));
  return { sql: `[${items.join(', ')}]`, ...(areNamed && { fields }) };
}

function beginsQuery({ cursor }: Writing): boolean {
  return cursor.is('SELECT') || cursor.is('WITH');
}
