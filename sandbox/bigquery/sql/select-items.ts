import { quoted } from '../../warehouse/names.ts';
import { gather } from './gather.ts';
import type { ItemReads } from './reads.ts';
import { listOf } from './writing.ts';
import type { Writing } from './writing.ts';

type HiddenOf = (alias: string) => readonly string[];

export interface Items {
  /** Asks for the columns that a star leaves out: of a source by its alias, or of all for ''. */
  readonly sql: (hiddenOf: HiddenOf) => string;
  readonly reads: readonly ItemReads[];
}

/** What follows SELECT. A value without a name gets BigQuery's: `f0_`, `f1_` … */
export function readItems(writing: Writing): Items {
  const { cursor } = writing;
  const all: ItemReads[] = [];
  const sql: Items['sql'][] = [];
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
    sql.push(() => `${item.sql} AS ${quoted(name)}`);
    all.push({ kind: 'value', name: name.toLowerCase(), reads, column: item.column });
  } while (cursor.take(','));
  if (sql.length === 0) throw cursor.wrong(`SELECT list must not be empty`);
  return { sql: (hiddenOf) => sql.map((one) => one(hiddenOf)).join(', '), reads: all };
}

/** `*` or `t.*`, with EXCEPT and REPLACE; undefined if neither comes. */
function readStar(writing: Writing): { sql: Items['sql']; item: ItemReads } | undefined {
  const { cursor } = writing;
  const isQualified = cursor.isName() && cursor.peek(1).text === '.' && cursor.peek(2).text === '*';
  if (!isQualified && !cursor.is('*')) return undefined;
  const name = isQualified ? cursor.name() : '';
  if (isQualified) cursor.next();
  cursor.next();
  const except: string[] = [];
  if (cursor.take('EXCEPT', '(')) {
    except.push(...listOf(writing, () => cursor.name()));
    cursor.expect(')');
  }
  const [replace, reads] = gather(writing, () => readReplace(writing));
  const item = {
    kind: 'star',
    alias: name.toLowerCase(),
    except: except.map((one) => one.toLowerCase()),
    reads,
  } as const;
  const start = isQualified ? `${quoted(name)}.*` : '*';
  const sql = (hiddenOf: HiddenOf) => {
    const hidden = hiddenOf(item.alias).filter((one) => !item.except.includes(one));
    const left = [...except, ...new Set(hidden)];
    const exclude = left.length === 0 ? '' : ` EXCLUDE (${left.map(quoted).join(', ')})`;
    return start + exclude + (replace === undefined ? '' : ` ${replace}`);
  };
  return { sql, item };
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
