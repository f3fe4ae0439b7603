import { inside, textInside } from '../google/inside.ts';
import { isObject, type Expectation } from '../google/unexpected-answer.ts';

const isResult = (body: unknown): boolean => {
  const [rows, fields] = [inside(body, 'rows'), inside(body, 'schema', 'fields')];
  const isDone = inside(body, 'jobComplete');
  const areLists = [rows, fields].every((list) => list === undefined || Array.isArray(list));
  return areLists && (isDone === true || (isDone === false && isObject(inside(body, 'jobReference'))));
};

const isJob = (body: unknown): boolean =>
  inside(body, 'status') === undefined
    ? isObject(inside(body, 'statistics'))
    : textInside(body, 'status', 'state') !== undefined;

/** bigquery-emulator leaves the kind out. */
const isInsertion = (body: unknown): boolean => {
  const [kind, errors] = [inside(body, 'kind'), inside(body, 'insertErrors')];
  const isEmpty = isObject(body) && JSON.stringify(body) === '{}';
  return kind === 'bigquery#tableDataInsertAllResponse' || Array.isArray(errors) || isEmpty;
};

const kinds: readonly (readonly [method: string, path: RegExp, expectation: Expectation])[] = [
  ['POST', /\/queries$/, { expected: 'the result of a query (jobComplete)', holds: isResult }],
  ['GET', /\/queries\/[^/]+$/, { expected: 'the result of a query (jobComplete)', holds: isResult }],
  [
    'POST',
    /\/jobs$/,
    {
      expected: 'a job (jobReference, and status or configuration)',
      holds: (body) =>
        isObject(inside(body, 'jobReference')) &&
        [inside(body, 'status'), inside(body, 'configuration')].some(isObject),
    },
  ],
  ['GET', /\/jobs\/[^/]+$/, { expected: 'a job (status.state, or statistics)', holds: isJob }],
  [
    'POST',
    /\/insertAll$/,
    { expected: 'what became of the rows (kind bigquery#tableDataInsertAllResponse)', holds: isInsertion },
  ],
  [
    'POST',
    /\/datasets$/,
    { expected: 'a dataset (datasetReference)', holds: (body) => isObject(inside(body, 'datasetReference')) },
  ],
  [
    'POST',
    /\/tables$/,
    { expected: 'a table (tableReference)', holds: (body) => isObject(inside(body, 'tableReference')) },
  ],
];

const anything: Expectation = { expected: 'an object of JSON', holds: isObject };

/**
 * What BigQuery answers to a request. It is looked at before the official client sees it, which throws in a callback,
 * where nobody can catch it, or takes anything for a success.
 */
export function expectedOf(method: string, path: string): Expectation {
  return kinds.find(([of, where]) => of === method && where.test(path))?.[2] ?? anything;
}
