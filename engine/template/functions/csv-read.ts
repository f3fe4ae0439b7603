import type { Host } from '../../model/ports.ts';
import type { RenderScope } from '../scope.ts';
import { argument, failure, writtenOut, type TemplateFunction } from './function.ts';

/**
 * `${__CSVRead(file,column)}`: a field, columns from 0; `next` goes to the next row; `${__CSVRead(file,*alias)}` opens
 * the file once more under a name (`CSVRead.java`).
 *
 * Each user stays on its row until it says `next`, then takes the next one that no user of any worker has taken; after
 * the last comes the first. The file ends at its first empty line and is read once per worker, as UTF-8. Fields
 * are what stands between delimiters (`,` or the property `csvread.delimiter`), quotes included.
 */
export const csvRead: TemplateFunction = {
  name: '__CSVRead',
  description:
    'A column, from 0, of the user’s row in a CSV file; `next` takes the next row. The first line is a row like any other.',
  example: { template: '${__CSVRead(users.csv,0)}', gives: 'user' },
  minArguments: 2,
  maxArguments: 2,
  usage: '(file | *alias, column | next | *alias)',
  check(text, index) {
    if (index === 1 && !/^\s*(?:\d+|next(?:\(\))?|\*.+)\s*$/.test(text))
      throw new RangeError(`__CSVRead knows a column, from 0, next and *alias, found "${text.trim()}"`);
  },
  readsFile: ([file]) => (writtenOut(file)?.startsWith('*') ? null : writtenOut(file)),
  make(args) {
    const [file, what] = [argument(args, 0), argument(args, 1)];
    return (scope) => {
      const [name, wanted] = [file(scope).trim(), what(scope).trim()];
      if (wanted.startsWith('*')) {
        open(scope, name, wanted);
        return '';
      }
      const rows = filesOf(scope.host).get(name) ?? open(scope, name, name);
      const place = scope.state(rows, (): Place => ({ row: undefined }));
      if (wanted === 'next' || wanted === 'next()') {
        place.row = undefined;
        return '';
      }
      place.row ??= rows.all[(scope.counters.nextNamed(`__CSVRead ${name}`) - 1) % rows.all.length] ?? [];
      const field = place.row[Number(wanted === '' ? NaN : wanted)];
      if (field === undefined)
        scope.host.log('WARN', `__CSVRead: ${name} has no column "${wanted}" in this row`);
      return field ?? '';
    };
  },
};

interface Place {
  row: readonly string[] | undefined;
}

interface Rows {
  readonly all: readonly (readonly string[])[];
}

/** All calls of a worker share their files. */
const filesByHost = new WeakMap<Host, Map<string, Rows>>();

function filesOf(host: Host): Map<string, Rows> {
  const files = filesByHost.get(host) ?? new Map<string, Rows>();
  filesByHost.set(host, files);
  return files;
}

function open(scope: RenderScope, path: string, name: string): Rows {
  const files = filesOf(scope.host);
  const rows = files.get(name) ?? { all: rowsOf(scope, path) };
  files.set(name, rows);
  return rows;
}

function rowsOf({ host, properties }: RenderScope, path: string): Rows['all'] {
  const delimiter = (properties['csvread.delimiter'] ?? ',').replace('\\t', '\t');
  try {
    const lines = host.readFile(path, 'utf-8').split(/\r\n|\n|\r/);
    const end = lines.findIndex((line) => line === '');
    return lines.slice(0, end < 0 ? undefined : end).map((line) => line.split(delimiter));
  } catch (error) {
    host.log('ERROR', `__CSVRead: ${path}: ${failure(error)}`);
    return [];
  }
}
