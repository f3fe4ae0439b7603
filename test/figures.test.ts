import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { resultFromSamples } from '../engine/metrics/result-from-samples.ts';
import { summarise, type Summary } from '../engine/metrics/summary.ts';
import { spansOf, totalsOf } from '../engine/metrics/test-support/samples.ts';
import type { CompiledStep } from '../engine/model/compiled-plan.ts';
import { firstState, nextState, numberOf } from '../engine/model/random.ts';
import type { SummaryRow } from '../engine/model/run-result.ts';
import { constant, control, outcome, sample, Stage } from '../engine/user/test-support/stage.ts';
import { jtlHeader } from '../listeners/jtl-line.ts';
import { formatJtlLine } from '../listeners/test-support/jtl-line.ts';
import { readJtl } from '../listeners/jtl-read.ts';

/** Draws whole numbers below a limit, the same ones for the same seed. */
function dice(seed: number): (below: number) => number {
  let state = firstState(seed, 0, 0);
  return (below) => {
    state = nextState(state);
    return Math.floor(numberOf(state) * below);
  };
}

const pause = control('pause', constant({ for: '40ms' }), []);

function someSteps(draw: (below: number) => number, depth: number): CompiledStep[] {
  return Array.from({ length: 1 + draw(3) }, () => someStep(draw, depth));
}

function someStep(draw: (below: number) => number, depth: number): CompiledStep {
  const kind = depth === 0 ? draw(3) : draw(8);
  if (kind < 2) return sample('abc'[draw(3)] ?? 'a');
  if (kind === 2) return pause;
  const steps = someSteps(draw, depth - 1);
  if (kind === 3) return control('loop', constant({ count: draw(3) }), steps);
  if (kind === 4)
    return control(
      'poll',
      constant({ poll: false, interval: 30, attempts: 2, onTimeout: 'continue' }),
      steps,
      { label: 'Wait' },
    );
  if (kind === 5) {
    const branches = [{ config: constant({ cell: {}, variables: {} }), steps }];
    return control('matrix', constant({ iterations: 2, warmUp: 3, order: 'rounds' }), [], { branches });
  }
  return control('transaction', constant({ includePauses: draw(2) === 0, parent: kind === 7 }), steps, {
    label: `T${draw(2)}`,
  });
}

/** What a table shows of rows: without the distribution, and by label. */
function shown({ total, labels, beside = [], cutOff = [], failures }: Summary) {
  const row = (one: SummaryRow) => ({
    ...one,
    histogram: '',
    perSecond: 0,
    receivedKbPerSecond: 0,
    sentKbPerSecond: 0,
  });
  return { total: row(total), labels: labels.map(row), beside: beside.map(row), cutOff, failures };
}

async function readBack(lines: string) {
  const folder = mkdtempSync(join(tmpdir(), 'loadplan-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'samples.jtl');
  writeFileSync(file, lines);
  const warnings: string[] = [];
  const result = await resultFromSamples(readJtl(file, (message) => warnings.push(message)));
  expect(warnings).toEqual([]);
  return result;
}

it.each(Array.from({ length: 60 }, (_, seed) => seed))(
  'the report of a JTL is the table of its run, seed %i',
  async (seed) => {
    const draw = dice(seed);
    const stage: Stage = new Stage({
      perform: () => {
        stage.nowEpochMs += draw(4) * draw(30);
        const ok = draw(8) > 0;
        return Promise.resolve(
          outcome(ok ? { bytesReceived: draw(5000) } : { ok, code: '503', message: 'Busy' }),
        );
      },
    });
    await stage.run(someSteps(draw, 1), { phase: 'setUp', name: 'setUp' });
    for (let index = 0; index < 3; index++) {
      const part = { steps: someSteps(draw, 2), measure: draw(4) === 0 };
      await stage.run(
        someSteps(draw, 3),
        {
          loops: 2,
          ...(draw(3) > 0 ? { durationMs: 100 + draw(900) } : {}),
          ...(draw(2) ? { setUp: part } : { tearDown: part }),
        },
        index,
      );
      stage.nowEpochMs = Math.ceil(stage.nowEpochMs) + draw(2);
    }
    const text = `${jtlHeader}\n${stage.samples.map((one) => formatJtlLine(one)).join('')}`;
    expect(shown(await readBack(text))).toEqual(
      shown(await summarise(totalsOf(stage.samples), spansOf(1000))),
    );
  },
);
