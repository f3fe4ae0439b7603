import type { KnownMistake } from '../../engine/model/sampler.ts';
import { endpointMistake } from '../google/target.ts';
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
  const wrong = endpointMistake(endpoint);
  if (wrong !== null) mistakes.push({ key: 'endpoint', message: wrong });
  return mistakes;
}

/** Files of the plan's folder that a step reads. */
export function filesOfBigQuery({ file, load }: Known): string[] {
  const from = typeof load === 'object' && load !== null && 'from' in load ? [load.from].flat() : [];
  return [file, ...from]
    .filter((path) => typeof path === 'string' && path !== '' && !path.startsWith('gs://'))
    .map(String);
}

function oneOfTwo(key: string, value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const given = ['dataset', 'table'].filter((one) => one in value);
  return given.length === 1 ? null : `${key} needs dataset or table${given.length === 2 ? ', not both' : ''}`;
}
