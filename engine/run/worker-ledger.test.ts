import { describe, expect, it } from 'vitest';
import { Collector } from '../metrics/collector.ts';
import { isOfLoad, type Sample } from '../model/sample.ts';
import { packSamples } from './packed-samples.ts';
import { WorkerLedger } from './worker-ledger.ts';

const tags = {};
const one = (label: string, given: Partial<Sample> = {}): Sample => ({
  kind: 'sample',
  phase: 'load',
  label,
  tags,
  threadName: 'Users 1-1',
  dueEpochMs: 0,
  startEpochMs: 0,
  elapsedMs: 5,
  idleMs: 0,
  latencyMs: 0,
  connectMs: 0,
  ok: true,
  code: '200',
  message: 'OK',
  failure: '',
  dataType: 'text',
  bytesReceived: 1,
  bytesSent: 1,
  url: null,
  groupThreads: 1,
  allThreads: 1,
  ...given,
});

/** A worker that sends its samples before the window that counts them. */
function sender() {
  const ledger = new WorkerLedger([]);
  const collector = new Collector([]);
  let recorded = 0;
  const record = (...samples: Sample[]) => {
    recorded += samples.filter(isOfLoad).length;
    for (const sample of samples) collector.record(sample, 'Users 1');
    return packSamples(samples);
  };
  return {
    record,
    sent: (...samples: Sample[]) => ledger.samples(record(...samples)),
    window: () => ledger.window({ series: collector.window() }),
    dies: () => {
      collector.window();
      const { series, lostSamples } = ledger.settle(recorded);
      return { counts: series.map(({ label, count }) => `${label} ${count}`), lostSamples };
    },
  };
}

describe('the ledger of a worker', () => {
  it('gives what was sent after the last window, and counts what was not sent', () => {
    const worker = sender();
    worker.sent(one('a'), one('a'));
    worker.window();
    worker.sent(one('a'), one('b', { ok: false }), one('b-0', { kind: 'sub' }));
    worker.sent(one('T', { kind: 'transaction' }), one('x', { phase: 'set-up' }));
    worker.record(one('c'), one('c'), one('c'));
    expect(worker.dies()).toEqual({ counts: ['a 1', 'b 1', 'T 1', 'x 1'], lostSamples: 3 });
  });

  it('counts where no listener wants samples: only windows', () => {
    const worker = sender();
    worker.record(one('a'), one('a'));
    worker.window();
    worker.record(one('a'));
    expect(worker.dies()).toEqual({ counts: [], lostSamples: 1 });
  });

  it('counts nothing twice when the worker in its place dies, too', () => {
    const worker = sender();
    worker.sent(one('a'));
    worker.record(one('a'));
    worker.dies();
    worker.sent(one('b'));
    worker.window();
    worker.record(one('b'));
    expect(worker.dies()).toEqual({ counts: [], lostSamples: 1 });
  });
});
