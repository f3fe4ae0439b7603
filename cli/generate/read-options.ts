import { extname } from 'node:path';
import { checkDataSet, type DataSetOptions } from '../../engine/generate/check-data-set.ts';
import { compressions, formats, type Compression, type Format } from '../../engine/generate/formats.ts';
import { parseCount } from '../../engine/generate/rows/count.ts';
import { mostSeed, type Column, type Schema } from '../../engine/generate/rows/column.ts';
import { schemaNamed } from '../../engine/generate/rows/schemas.ts';
import { badKinds, type BadKind } from '../../engine/generate/rows/bad-kinds.ts';
import { didYouMean } from '../../engine/model/did-you-mean.ts';
import { messageOf, UserError, type Problem } from '../../engine/model/errors.ts';
import { parseRatio } from '../../engine/model/units.ts';

/** Options of `plan generate` as they are typed. */
export interface TypedOptions {
  readonly rows: string;
  readonly format?: string;
  readonly compression?: string;
  readonly seed: string;
  readonly bad?: string;
  readonly badKinds?: string;
  readonly header: boolean;
  readonly output?: string;
}

/**
 * What `dataSet` makes a file of. The format and the compression are those of the file's name when nothing is said.
 * Throws one UserError with everything that is wrong.
 */
export function readOptions(
  schema: string,
  columns: Readonly<Record<string, Column>> | undefined,
  typed: TypedOptions,
): DataSetOptions {
  const problems: Problem[] = [];
  const format = known(typed.format ?? formatOf(typed.output) ?? 'csv', formats, '--format', problems);
  const compression = compressionOf(typed, problems);
  const numbers = numbersOf(typed, problems);
  const kinds = kindsOf(typed, problems);
  const named = schemaOf(schema, columns, problems);
  if (!named || !format || problems.length > 0) throw new UserError(problems);
  const { rows, seed, share } = numbers;
  const options: DataSetOptions = {
    schema: named,
    rows,
    seed,
    format,
    header: typed.header,
    ...(compression && { compression }),
    ...(share > 0 && { bad: { share, ...(kinds && { kinds }) } }),
  };
  const mistake = checkDataSet(options);
  if (mistake !== null) throw new UserError(mistake);
  return options;
}

function numbersOf(typed: TypedOptions, problems: Problem[]) {
  const number = (value: number | null, option: string, what: string, found: string): number => {
    if (value === null) problems.push({ message: `${option} expects ${what}, found "${found}"` });
    return value ?? 0;
  };
  const { rows, seed, bad = '0' } = typed;
  const seedFound = /^\d+$/.test(seed) && Number(seed) <= mostSeed ? Number(seed) : null;
  return {
    rows: number(parseCount(rows), '--rows', 'a number such as 1000, 100k or 2M', rows),
    seed: number(seedFound, '--seed', `a whole number from 0 to ${mostSeed}`, seed),
    share: number(parseRatio(bad), '--bad', 'a share such as 10% or 0.1', bad),
  };
}

function schemaOf(
  name: string,
  columns: Readonly<Record<string, Column>> | undefined,
  problems: Problem[],
): Schema | undefined {
  if (columns) return { name: name.replaceAll(/\W/g, '_').replace(/^(?=\d)/, '_'), columns };
  try {
    return schemaNamed(name);
  } catch (error) {
    problems.push({ message: messageOf(error) });
    return undefined;
  }
}

function kindsOf({ bad, badKinds: list }: TypedOptions, problems: Problem[]): BadKind[] | undefined {
  if (list === undefined) return undefined;
  if (bad === undefined) {
    problems.push({ message: '--bad-kinds needs --bad, the share of bad rows, such as --bad 10%' });
  }
  return list.split(',').flatMap((word) => known(word.trim(), badKinds, '--bad-kinds', problems) ?? []);
}

/** `facts.csv.gz` is csv. */
function formatOf(file: string | undefined): Format | undefined {
  const end = extname((file ?? '').replace(/\.gz$/, '')).slice(1);
  return formats.find((format) => format === (end === 'ndjson' ? 'jsonl' : end));
}

function compressionOf({ compression, output }: TypedOptions, problems: Problem[]): Compression | undefined {
  if (compression !== undefined) return known(compression, compressions, '--compression', problems);
  return output?.endsWith('.gz') ? 'gzip' : undefined;
}

function known<const Word extends string>(
  found: string,
  words: readonly Word[],
  option: string,
  problems: Problem[],
): Word | undefined {
  const word = words.find((one) => one === found);
  if (word === undefined) {
    const hint = didYouMean(found, words);
    problems.push({ message: `${option} expects ${words.join(', ')}, found "${found}".${hint}` });
  }
  return word;
}
