import { expect, it } from 'vitest';
import { prepareYaml } from '../../test/support/prepare-yaml.ts';
import { knownPart } from '../model/known-part.ts';
import { walkGroup } from '../model/walk-steps.ts';

/** Whether each query of a group asks for what its answer leaves out; undefined: nothing in the group reads it. */
async function asking(steps: string, defaults = ''): Promise<unknown[]> {
  const { compiled } = await prepareYaml(`name: T
defaults: { bigquery: { project: p, endpoint: 'http://127.0.0.1:1'${defaults} } }
variables: { what: slotMs }
threadGroups: [{ name: G, steps: [${steps}] }]
`);
  return compiled.groups
    .flatMap((group) => [...walkGroup(group)])
    .flatMap((step) => (step.type === 'sampler' ? [knownPart(step.config)] : []))
    .map((config) => (config as { statistics?: boolean }).statistics);
}

const query = (beside: string) => `{ bigquery: SELECT 1, ${beside} }`;

it.each([
  ['a header', 'extract: { a: { header: X-BigQuery-Slot-Ms } }'],
  ['a header that an assertion reads', 'assert: [{ header: x-bigquery-bytes-billed, equals: 0 }]'],
  ['a header that a check reads', 'check: [{ header: x-bigquery-bytes-billed, equals: 0, name: free }]'],
  ['a header whose name is made in the run', "extract: { a: { header: '${__UUID}' } }"],
  ['a value', 'extract: { a: $.statistics.slotMs }'],
  ['all statistics', 'extract: { a: $.statistics }'],
  ['all of the answer', 'extract: { a: $ }'],
  ['whatever has the name', "extract: { a: '$..endEpochMs' }"],
  ['all values', "extract: { a: '$.*' }"],
  ['by JMESPath', 'extract: { a: { jmesPath: statistics.slotMs } }'],
  ['by a pattern', `extract: { a: { regex: '"bytesBilled":(\\d+)' } }`],
  ['a script', "after: [{ script: 'vars.set(1, prev.json().statistics.slotMs)' }]"],
])('a query asks for what is read of its answer: %s', async (_, beside) => {
  expect(await asking(query(beside))).toEqual([true]);
  expect(await asking(query(beside), ', statistics: false')).toEqual([false]);
});

it.each([
  ['rows', "extract: { a: '$.rows[*].n' }"],
  ['the job', 'extract: { a: { header: x-bigquery-job-id } }'],
  [
    'a hash, beside a value made in the run',
    "check: [{ header: x-bigquery-result-hash, equals: '${__UUID}' }]",
  ],
  ['text that only speaks of it', "after: [{ log: 'slotMs statistics' }]"],
  ['a time', 'assert: [{ duration: 5s }]'],
])('it does not for %s', async (_, beside) => {
  expect(await asking(query(beside))).toEqual([undefined]);
});

it('asks where a script after it reads the previous answer', async () => {
  const script = (text: string) => `{ script: '${text}' }`;
  expect(await asking(`${query('name: a')}, ${script('prev.json().statistics')}`)).toEqual([true]);
  expect(await asking(`${query('name: a')}, ${script('prev.code')}`)).toEqual([undefined]);
});

it('asks where its configuration is made in the run, too', async () => {
  const steps = "{ bigquery: 'SELECT ${__UUID}', extract: { a: $.statistics } }";
  expect(await asking(steps)).toEqual([true]);
});
