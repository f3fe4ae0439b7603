import { messageOf } from '../model/errors.ts';
import { checkDataSet, type DataSetOptions } from './check-data-set.ts';
import { compressions, formats, type Compression, type Format } from './formats.ts';
import { readRows, rowKeys, type WrittenRows } from './rows/written.ts';

/** Keys that plans have wherever a file is generated. `generate` and `rows` are required. */
export const dataSetKeys = {
  ...rowKeys,
  format: { enum: formats, default: 'csv', description: 'The kind of file.', examples: ['parquet'] },
  compression: {
    enum: compressions,
    description:
      'How it is compressed: csv, json and jsonl by gzip, parquet by snappy or gzip, avro by deflate. None without it, but for parquet snappy.',
    examples: ['gzip'],
  },
  header: {
    type: 'boolean',
    default: true,
    description: 'csv: whether a line of names stands first.',
    examples: [false],
  },
} as const;

/** What a plan says with these keys. */
export interface WrittenDataSet extends WrittenRows {
  readonly format: Format;
  readonly compression?: Compression;
  readonly header: boolean;
}

/** What `dataSet` makes a file of. Throws a UserError for an unknown schema. */
export function readDataSet(written: WrittenDataSet): DataSetOptions {
  const { format, compression, header } = written;
  return { ...readRows(written), format, header, ...(compression && { compression }) };
}

/** What is wrong with it, as a sentence; null if nothing is. */
export function dataSetMistake(written: WrittenDataSet): string | null {
  try {
    return checkDataSet(readDataSet(written));
  } catch (error) {
    return messageOf(error);
  }
}
