import type { XmlDocument } from '../../engine/markup/xml.ts';

/** A test case of a JUnit report. */
export interface TestCase {
  /** Class and name, as far as they are given: `tests.test_api.test_login`. */
  readonly name: string;
  readonly elapsedMs: number;
  readonly result: 'passed' | 'failure' | 'error' | 'skipped';
  /** What the report says of a case that did not pass, on one line. */
  readonly reason: string;
}

type Document = Extract<XmlDocument, { document: unknown }>['document'];
type Element = ReturnType<Document['getElementsByTagName']>[number];

/**
 * The test cases of a report as pytest, Maven and many others write it: `testcase` elements with `classname`, `name` and
 * `time` in seconds, and within one a `failure`, `error` or `skipped` unless it passed. Null when it is no such report.
 */
export function testCasesOf(document: Document): TestCase[] | null {
  const root = document.documentElement?.localName;
  if (root !== 'testsuites' && root !== 'testsuite') return null;
  return [...document.getElementsByTagName('testcase')].map(testCase);
}

function testCase(element: Element): TestCase {
  const attribute = (name: string) => element.getAttribute(name) ?? '';
  const verdict = verdicts.flatMap((result) => {
    const [found] = element.getElementsByTagName(result);
    return found ? [{ result, reason: reasonOf(found) }] : [];
  })[0];
  return {
    name: [attribute('classname'), attribute('name')].filter(Boolean).join('.') || 'unnamed',
    elapsedMs: (Number(attribute('time').replaceAll(',', '')) || 0) * 1000,
    ...(verdict ?? { result: 'passed', reason: '' }),
  };
}

const verdicts = ['error', 'failure', 'skipped'] as const;

function reasonOf(element: Element): string {
  const text = element.getAttribute('message') ?? element.textContent;
  return text.trim().replaceAll(/\s+/g, ' ').slice(0, reasonChars);
}

const reasonChars = 300;
