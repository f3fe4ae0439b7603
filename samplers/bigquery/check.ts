import { readRows } from '../../engine/generate/rows/written.ts';
import { dataSetMistake, type WrittenDataSet } from '../../engine/generate/written.ts';
import type { KnownMistake } from '../../engine/model/sampler.ts';
import { inside } from '../google/inside.ts';
import { endpointMistake } from '../google/target.ts';
import { mostInsertedRows } from './operations-schema.ts';
import { parametersMistake } from './parameters.ts';

type Known = Readonly<Record<string, unknown>>;

/** What a step does; each does one of them. */
export const operations = ['query', 'file', 'load', 'export', 'insert', 'create', 'delete'] as const;

/** Mistakes of a `bigquery` step that its schema cannot tell; its configuration is unrendered. */
export function checkBigQuery(config: Known, complete: boolean): string | null {
  const given = operations.filter((key) => config[key] !== undefined);
  if (given.length > 1) return `a step does one thing, found ${given.join(' and ')}: keep one of them`;
  if (given.length === 0 && complete) {
    return `nothing says what to do: set ${operations.slice(0, -1).join(', ')} or ${operations.at(-1) ?? ''}`;
  }
  for (const key of ['create', 'delete']) {
    const mistake = oneOfTwo(key, config[key]);
    if (mistake !== null) return mistake;
  }
  if (config['project'] === undefined && complete) {
    return 'nothing says which project to ask: set project (in defaults.bigquery, for example)';
  }
  return parametersMistake(config['parameters']);
}

function hashMistakes(resultHash: unknown): KnownMistake[] {
  if (typeof resultHash !== 'string') return [];
  const names = resultHash.split(',').map((name) => name.trim());
  const mistake = (message: string) => [{ key: 'resultHash', message: `resultHash: ${message}` }];
  if (names.includes(''))
    return mistake(`expected names of columns, separated by commas, found "${resultHash}"`);
  // BigQuery does not tell the case of letters in names of columns.
  const lower = names.map((name) => name.toLowerCase());
  const twice = names.find((_, index) => lower.indexOf(lower[index] ?? '') < index);
  return twice === undefined ? [] : mistake(`the column ${twice} is there twice in "${resultHash}"`);
}

/** Mistakes in what is known before the run: an empty project, an endpoint that is none. */
export function knownMistakes(known: Known): KnownMistake[] {
  const mistakes: KnownMistake[] = [];
  const { project, endpoint } = known;
  if (typeof project === 'string' && project.trim() === '') {
    mistakes.push({
      key: 'project',
      message: 'project is empty: it must be the id of a project of Google Cloud',
    });
  }
  mistakes.push(...hashMistakes(known['resultHash']));
  const data = generatedMistake(known);
  if (data !== null) mistakes.push(data);
  const wrong = endpointMistake(endpoint);
  if (wrong !== null) mistakes.push({ key: 'endpoint', message: wrong });
  return mistakes;
}

/** Files of the plan's folder that a step reads. */
export function filesOfBigQuery({ file, load }: Known): string[] {
  const from = [inside(load, 'from')].flat();
  return [file, ...from]
    .filter((path) => typeof path === 'string' && path !== '' && !path.startsWith('gs://'))
    .map(String);
}

/** What is wrong with data that are to be generated, as far as they are known. */
function generatedMistake({ load, insert }: Known): KnownMistake | null {
  const file = inside(load, 'from');
  const rows = inside(insert, 'rows');
  if (isWritten(file)) {
    if (file.format === 'json') {
      return { key: 'load', message: 'BigQuery does not load json, which is one list: write format: jsonl' };
    }
    const message = dataSetMistake(Object.assign({ ...fileDefaults }, file));
    if (message !== null) return { key: 'load', message };
  }
  if (!isWritten(rows)) return null;
  const written = Object.assign({ ...fileDefaults }, rows);
  const message = dataSetMistake(written) ?? tooMany(written);
  return message === null ? null : { key: 'insert', message };
}

const fileDefaults = { seed: 1, bad: 0, format: 'csv', header: true } as const;

function tooMany(written: WrittenDataSet): string | null {
  const { rows } = readRows(written);
  if (rows > 0 && rows <= mostInsertedRows) return null;
  return `an insert takes from 1 to ${mostInsertedRows} rows, found ${rows}`;
}

/** Data to be generated of which all is known before the run. */
function isWritten(value: unknown): value is WrittenDataSet {
  if (typeof value !== 'object' || value === null || !('generate' in value)) return false;
  return isKnown(value);
}

function isKnown(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined;
  return Object.values(value).every(isKnown);
}

function oneOfTwo(key: string, value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const given = ['dataset', 'table'].filter((one) => one in value);
  return given.length === 1 ? null : `${key} needs dataset or table${given.length === 2 ? ', not both' : ''}`;
}
