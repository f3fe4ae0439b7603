import { messageOf } from '../engine/model/errors.ts';
import { datePattern } from '../engine/template/dates/date-pattern.ts';
import type { Sample } from '../engine/model/sample.ts';
import { jtlColumns, type JtlColumn } from './jtl-columns.ts';
import { lineWriter, type LineWriter } from './jtl-line.ts';

/** Which columns a JTL has and how they are written: JMeter's `jmeter.save.saveservice` properties. */
export interface JtlOptions {
  /** Exactly these; else the usual ones. Always written in JMeter's order. */
  readonly columns?: readonly string[];
  readonly add?: readonly string[];
  readonly without?: readonly string[];
  readonly sampleVariables?: readonly string[];
  /** `ms`, or a Java date pattern. */
  readonly timestampFormat?: string;
  readonly delimiter?: string;
}

/** A way to write samples as lines. */
export interface JtlFormat {
  /** The line that names the columns, without its line break. */
  readonly header: string;
  readonly columns: readonly JtlColumn[];
  /** With its line break. */
  readonly line: LineWriter;
}

/** The format that the options describe; without any, JMeter's default. */
export function jtlFormat(options: JtlOptions): JtlFormat {
  const { sampleVariables = [], timestampFormat = 'ms' } = options;
  const delimiter = options.delimiter === '\\t' ? '\t' : (options.delimiter ?? ',');
  const columns = chosenColumns(options);
  const names = columns.map(({ name }) => name);
  const header = [...names, ...sampleVariables.map((name) => `"${name}"`)].join(delimiter);
  const date = timestampFormat === 'ms' ? null : datePattern(timestampFormat);
  const fields = columns.map((column) =>
    column.name === 'timeStamp' && date
      ? { value: ({ startEpochMs }: Sample) => date(startEpochMs) }
      : column,
  );
  const variables = sampleVariables.map((name): Pick<JtlColumn, 'value'> => ({
    value: (sample, redact) => redact(sample.variables?.[name] ?? 'null'),
  }));
  return { header, columns, line: lineWriter([...fields, ...variables], delimiter) };
}

/** Columns that JMeter knows only as a pair come as a pair. */
function chosenColumns({ columns, add = [], without = [] }: JtlOptions): JtlColumn[] {
  const names = (list: readonly string[]) => {
    const set = new Set(list);
    return ({ name, partner }: JtlColumn) => set.has(name) || (partner !== undefined && set.has(partner));
  };
  const [isChosen, isAdded, isLeftOut] = [names(columns ?? []), names(add), names(without)];
  if (columns) return jtlColumns.filter(isChosen);
  return jtlColumns.filter((column) => (column.usual && !isLeftOut(column)) || isAdded(column));
}

/** A mistake in the options that their schema cannot tell. */
export function checkJtlOptions({
  columns,
  add,
  without,
  timestampFormat = 'ms',
}: JtlOptions): string | null {
  if (columns && (add ?? without)) {
    return 'columns names them all; add and without change the usual ones: keep one or the other';
  }
  try {
    if (timestampFormat !== 'ms') datePattern(timestampFormat);
  } catch (error) {
    return `timestampFormat: ${messageOf(error)}`;
  }
  return null;
}
