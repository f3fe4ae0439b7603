import { quoted } from '../../warehouse/names.ts';
import { listOf } from './writing.ts';
import type { Writing } from './writing.ts';

export interface Items {
  readonly sql: string;
  /** What stands before each `*`, in small letters; empty for a bare one. */
  readonly stars: readonly string[];
}

/** What follows SELECT. A value without a name gets BigQuery's: `f0_`, `f1_` … */
export function readItems(writing: Writing): Items {
  const { cursor } = writing;
  const stars: string[] = [];
  const sql: string[] = [];
  let unnamed = 0;
  do {
    if (cursor.is('FROM') || cursor.peek().kind === 'end') break; // a comma may stand at the end
    const star = readStar(writing, stars);
    if (star !== undefined) {
      sql.push(star);
      continue;
    }
    const item = writing.expression(writing);
    const alias = cursor.take('AS') || cursor.isName() ? cursor.name() : item.name;
    sql.push(`${item.sql} AS ${quoted(alias ?? `f${unnamed++}_`)}`);
  } while (cursor.take(','));
  if (sql.length === 0) throw cursor.wrong(`SELECT list must not be empty`);
  return { sql: sql.join(', '), stars };
}

/** `*` or `t.*`, with EXCEPT and REPLACE; undefined if neither comes. */
function readStar(writing: Writing, stars: string[]): string | undefined {
  const { cursor } = writing;
  const isQualified = cursor.isName() && cursor.peek(1).text === '.' && cursor.peek(2).text === '*';
  if (!isQualified && !cursor.is('*')) return undefined;
  const name = isQualified ? cursor.name() : '';
  if (isQualified) cursor.next();
  cursor.next();
  stars.push(name.toLowerCase());
  const parts = [isQualified ? `${quoted(name)}.*` : '*'];
  if (cursor.take('EXCEPT', '(')) {
    parts.push(`EXCLUDE (${listOf(writing, () => quoted(cursor.name())).join(', ')})`);
    cursor.expect(')');
  }
  if (cursor.take('REPLACE', '(')) {
    const replaced = listOf(writing, () => {
      const { sql } = writing.expression(writing);
      cursor.expect('AS');
      return `${sql} AS ${quoted(cursor.name())}`;
    });
    parts.push(`REPLACE (${replaced.join(', ')})`);
    cursor.expect(')');
  }
  return parts.join(' ');
}
