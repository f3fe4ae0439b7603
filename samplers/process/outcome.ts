import { constants } from 'node:os';
import type { Outcome } from '../../engine/model/sample.ts';
import type { Ended } from './child.ts';
import type { TestCase } from './junit.ts';
import { formatMs } from '../../engine/model/units.ts';

/** The outcome of a run that could not begin, was ended by us or did not write what it should. */
export function failed(cause: string, why: string, bytesReceived = 0): Outcome {
  return {
    ok: false,
    code: `process.${cause}`,
    message: why,
    failure: `process.${cause}: ${why}`,
    dataType: 'text',
    bytesReceived,
    bytesSent: 0,
    url: null,
  };
}

/** The outcome of a run by its exit code. */
export function outcomeOf(
  ended: Ended,
  options: { readonly timeoutMs: number; readonly bytesSent: number },
): Outcome {
  const { code, cause, stdout, stderr } = ended;
  const bytesReceived = stdout.bytes + stderr.bytes;
  if (cause !== null)
    return failed(cause, `${causeText(cause, options.timeoutMs)}${saidText(ended)}`, bytesReceived);
  return {
    ok: code === 0,
    code: String(code),
    message: exitText(code) + cutText(ended),
    ...(code !== 0 && { explanation: exitText(code) + saidText(ended) }),
    dataType: 'text',
    bytesReceived,
    bytesSent: options.bytesSent,
    url: null,
  };
}

function causeText(cause: NonNullable<Ended['cause']>, timeoutMs: number): string {
  return cause === 'timeout'
    ? `the command was still running after ${formatMs(timeoutMs)} and was ended`
    : 'the run was stopped, and the command with it';
}

/** `exit code 1`, `exit code 137 (SIGKILL)`: more than 128 is what a shell makes of a signal. */
export function exitText(code: number): string {
  const signal = Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0];
  return `exit code ${code}${signal === undefined ? '' : ` (${signal})`}`;
}

/** The end of what it said, on one line: its errors, or else its output. */
function saidText({ stdout, stderr }: Ended): string {
  const said = stderr.bytes > 0 ? stderr : stdout;
  const lines = said
    .content()
    .subarray(-4 * saidChars)
    .toString()
    .split(/\r?\n/);
  const text = lines
    .map((line) => line.trimEnd())
    .filter(Boolean)
    .join(' | ');
  if (text === '') return '';
  return `: ${text.length > saidChars ? `…${text.slice(-saidChars)}` : text}`;
}

const saidChars = 400;

function cutText({ stdout, stderr }: Ended): string {
  const cut = [
    ...(stdout.isCut ? [`the last of ${stdout.bytes} bytes of its output`] : []),
    ...(stderr.isCut ? [`the last of ${stderr.bytes} bytes of its errors`] : []),
  ];
  return cut.length === 0 ? '' : `; kept are ${cut.join(' and ')}`;
}

/** A test case as a sub-sample: its code is its result. */
export function caseOutcome({ result, reason }: TestCase): Outcome {
  const ok = result === 'passed' || result === 'skipped';
  return {
    ok,
    code: result,
    message: reason || result,
    ...(!ok && { failure: reason || result }),
    dataType: 'text',
    bytesReceived: 0,
    bytesSent: 0,
    url: null,
  };
}

/** `2 of 14 tests did not pass: tests.test_api.test_login: assert 1 == 2`; null when all did. */
export function casesText(cases: readonly TestCase[]): string | null {
  const bad = cases.filter(({ result }) => result === 'failure' || result === 'error');
  const [first] = bad;
  if (!first) return null;
  return `${bad.length} of ${cases.length} tests did not pass: ${first.name}: ${first.reason || first.result}`;
}
