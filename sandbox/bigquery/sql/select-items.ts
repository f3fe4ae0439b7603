import { quoted } from '../../warehouse/names.ts';
import { gather } from './gather.ts';
import type { ItemReads } from './reads.ts';
import { listOf } from './writing.ts';
import type { Writing } from './writing.ts';

export interface Items {
  readonly sql: string;
  readonly reads: readonly ItemReads[];
}

/** What follows SELECT. A value without a name gets BigQuery's: `f0_`, `f1_` … */
export function readItems(writing: Writing): Items {
  const { cursor } = writing;
  const all: ItemReads[] = [];
  const sql: string[] = [];
  let unnamed = 0;
  do {
    if (cursor.is('FROM') || cursor.peek().kind === 'end') break; // a comma may stand at the end
    const star = readStar(writing);
    if (star) {
      sql.push(star.sql);
      all.push(star.item);
      continue;
    }
    const [item, reads] = gather(writing, () => writing.expression(writing));
    const alias = cursor.take('AS') || cursor.isName() ? cursor.name() : item.name;
    const name = alias ?? `f${unnamed++}_`;
    sql.push(`${item.sql} AS ${quoted(name)}`);
    all.push({ kind: 'value', name: name.toLowerCase(), reads, column: item.column });
  } while (cursor.take(','));
  if (sql.length === 0) throw cursor.wrong(`SELECT list must not be empty`);
  return { sql: sql.join(', '), reads: all };
}

/** `*` or `t.*`, with EXCEPT and REPLACE; undefined if neither comes. */
function readStar(writing: Writing): { sql: string; item: ItemReads } | undefined {
  const { cursor } = writing;
  const isQualified = cursor.isName() && cursor.peek(1).text === '.' && cursor.peek(2).text === '*';
  if (!isQualified && !cursor.is('*')) return undefined;
  const name = isQualified ? cursor.name() : '';
  if (isQualified) cursor.next();
  cursor.next();
  const except: string[] = [];
  const parts = [isQualified ? `${quoted(name)}.*` : '*'];
  if (cursor.take('EXCEPT', '(')) {
    except.push(...listOf(writing, () => cursor.name()));
    parts.push(`EXCLUDE (${except.map(quoted).join(', ')})`);
    cursor.expect(')');
  }
  const [replace, reads] = gather(writing, () => readReplace(writing));
  if (replace !== undefined) parts.push(replace);
  const item = {
    kind: 'star',
    alias: name.toLowerCase(),
    except: except.map((one) => one.toLowerCase()),
    reads,
  } as const;
  return { sql: parts.join(' '), item };
}

function readReplace(writing: Writing): string | undefined {
  const { cursor } = writing;
  if (!cursor.take('REPLACE', '(')) return undefined;
  const replaced = listOf(writing, () => {
    const { sql } = writing.expression(writing);
    cursor.expect('AS');
    return `${sql} AS ${quoted(cursor.name())}`;
  });
  cursor.expect(')');
  return `REPLACE (${replaced.join(', ')})`;
}
