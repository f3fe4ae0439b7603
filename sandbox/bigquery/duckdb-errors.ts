import { messageOf } from '../../engine/model/errors.ts';
import { LoadError } from '../warehouse/load-file.ts';
import { alreadyExists, notFound, QueryError } from './query-error.ts';

/** What DuckDB says was wrong, as BigQuery would say it; other sentences are kept as they are. */
export function googleError(problem: unknown): QueryError {
  if (problem instanceof QueryError) return problem;
  if (problem instanceof LoadError) {
    return new QueryError(
      problem.message,
      problem.reason === 'duplicate' ? 'duplicate' : 'invalid',
      problem.reason === 'duplicate' ? 409 : 400,
    );
  }
  const text = messageOf(problem).split('\n\n')[0] ?? '';
  for (const [pattern, make] of sentences) {
    const found = pattern.exec(text);
    if (found) return make(found.slice(1));
  }
  return new QueryError(text.replace(/^[A-Z]\w+( [A-Z]\w+)* Error: /, ''));
}

type Sentence = readonly [RegExp, (parts: readonly string[]) => QueryError];

const sentences: readonly Sentence[] = [
  [/Table with name (\S+) does not exist/, ([table = '']) => notFound(`Table ${table}`)],
  [
    /schema named "?([^"!\s]+)"?|Schema with name "?([^"\s]+?)"? does not exist/i,
    ([a, b]) => notFound(`Dataset ${(a ?? b ?? '').replace('.', ':')}`),
  ],
  [/Table with name "?([^"!\s]+)"? already exists/, ([table = '']) => alreadyExists(`Table ${table}`)],
  [
    /Schema with name "?([^"!\s]+)"? already exists/,
    ([name = '']) => alreadyExists(`Dataset ${name.replace('.', ':')}`),
  ],
  [
    /Column "(\w+)" referenced that exists in the SELECT clause/,
    ([name = '']) => new QueryError(`Unrecognized name: ${name}`),
  ],
  [
    /Referenced column "(\w+)" (was )?not found/,
    ([name = '']) => new QueryError(`Unrecognized name: ${name}`),
  ],
  [/Referenced table "(\w+)" not found/, ([name = '']) => new QueryError(`Unrecognized name: ${name}`)],
  [
    /Overflow in (\w+) of DECIMAL|to type DECIMAL\(38,9\) failed: value is out of range|Could not cast value .* to DECIMAL|Could not convert string "-?[\d.]+" to DECIMAL/,
    ([operation]) => new QueryError(`numeric overflow${operation === undefined ? '' : ` in ${operation}`}`),
  ],
  [/Overflow in \w+ of INT64 \((.*)\)/, ([operation = '']) => new QueryError(`int64 overflow: ${operation}`)],
  [
    /Type U?INT128 with value (-?\d+) can't be cast|INT128 .*out of range for the destination type INT64/,
    ([value]) => new QueryError(`int64 overflow${value === undefined ? '' : `: ${value}`}`),
  ],
  [
    /Out of Memory Error/,
    () =>
      new QueryError(
        'Resources exceeded during query execution: The query needs more memory than the sandbox has.',
        'resourcesExceeded',
      ),
  ],
  [/INTERRUPT Error|Interrupted/, () => new QueryError('Job execution was cancelled', 'stopped', 499)],
];
