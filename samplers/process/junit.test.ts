import { beforeAll, expect, it } from 'vitest';
import { xmlParser } from '../../engine/markup/xml-parser.ts';
import { testCasesOf } from './junit.ts';

beforeAll(() => xmlParser.load());

const casesOf = (xml: string) => {
  const parsed = xmlParser.use.parseXml(xml);
  if ('mistake' in parsed) throw new Error(parsed.mistake);
  return testCasesOf(parsed.document);
};

it('gives each case its name, time, result and reason', () => {
  const report = `<?xml version="1.0"?>
<testsuites><testsuite name="pytest" tests="4" time="1.5">
  <testcase classname="tests.test_a" name="test_one" time="0.250" />
  <testcase classname="tests.test_a" name="test_two" time="1,000.5"><failure message="assert 1 == 2&#10;  +1">long</failure></testcase>
  <testcase name="test_three" time="0.0"><error>
    Boom
    here</error></testcase>
  <testcase classname="C" name="d"><skipped type="pytest.skip" message="later"/></testcase>
</testsuite></testsuites>`;
  expect(casesOf(report)).toEqual([
    { name: 'tests.test_a.test_one', elapsedMs: 250, result: 'passed', reason: '' },
    { name: 'tests.test_a.test_two', elapsedMs: 1_000_500, result: 'failure', reason: 'assert 1 == 2 +1' },
    { name: 'test_three', elapsedMs: 0, result: 'error', reason: 'Boom here' },
    { name: 'C.d', elapsedMs: 0, result: 'skipped', reason: 'later' },
  ]);
});

it.each([
  ['a bare suite is a report', '<testsuite><testcase name="a"/></testsuite>', 1],
  ['a suite may be empty', '<testsuite/>', 0],
  ['other XML is none', '<html/>', undefined],
])('%s', (_, xml, count) => {
  expect(casesOf(xml)?.length).toBe(count);
});
