import type { RunResult } from '../engine/model/run-result.ts';
import { healthLines } from './health-lines.ts';
import { painter, type Colour } from './paint.ts';
import { visibleText } from './visible-text.ts';

const failuresNamed = 3;

export interface VerdictOptions {
  readonly colours: boolean;
  /** False: nobody knows whether the run came to its end. */
  readonly isFinished?: boolean;
}

/** What a run came to, for a person: how it ended, and why. Where nothing was judged, what failed. Last, what the figures are worth. */
export function verdictLines(result: RunResult, { colours, isFinished = true }: VerdictOptions): string[] {
  const { ending, exitCode, reasons } = result.verdict;
  const paint = painter(colours);
  const lines = [...reasons, ...(ending === 'notJudged' ? failureLines(result) : [])];
  return [
    paint(colourOf[ending], endingText(ending, exitCode, isFinished)),
    ...lines.map((line) => `- ${visibleText(line)}`),
    ...healthLines(result.health, paint),
  ];
}

type Ending = RunResult['verdict']['ending'];

const colourOf: Readonly<Record<Ending, Colour>> = { passed: 'green', failed: 'red', notJudged: 'yellow' };

function endingText(ending: Ending, exitCode: number, isFinished: boolean): string {
  if (ending === 'passed') return 'passed';
  if (ending === 'notJudged' && exitCode === 0)
    return isFinished ? 'finished; nothing was judged' : 'not judged';
  return `${ending === 'failed' ? 'failed' : 'not judged'} (exit code ${exitCode})`;
}

/** `12 of 400 samples failed (3.00%)`, and the most frequent failures. */
function failureLines({ total: { count, errors, errorRatio }, failures }: RunResult): string[] {
  if (errors === 0) return [];
  const most = [...failures].sort((a, b) => b.count - a.count).slice(0, failuresNamed);
  return [
    `${errors} of ${count} samples failed (${(errorRatio * 100).toFixed(2)}%)`,
    ...most.map((one) => `${one.count} × ${one.label}: ${one.failure}`),
  ];
}
