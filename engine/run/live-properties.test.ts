import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiveProperties } from './live-properties.ts';

interface Change {
  readonly worker: number;
  readonly name: string;
  readonly value: string;
}

/** Workers and a main thread whose messages are under way until they are delivered. */
class Run {
  readonly toMain: Change[] = [];
  readonly toWorkers: Change[][];
  readonly workers: LiveProperties[];

  constructor(count: number) {
    this.toWorkers = Array.from({ length: count }, () => []);
    this.workers = Array.from(
      { length: count },
      (_, worker) =>
        new LiveProperties({ p: 'start' }, worker, (name, value) =>
          this.toMain.push({ worker, name, value }),
        ),
    );
  }

  deliverToMain(): void {
    const change = this.toMain.shift();
    if (change) for (const queue of this.toWorkers) queue.push(change);
  }

  deliverTo(worker: number): void {
    const change = this.toWorkers[worker]?.shift();
    if (change) this.workers[worker]?.received(change.worker, change.name, change.value);
  }
}

describe('properties that are set during the run', () => {
  it('are seen at once where they are set, and elsewhere once the message is there', () => {
    const run = new Run(2);
    run.workers[0]?.set('p', 'new');
    expect(run.workers.map(({ values }) => values['p'])).toEqual(['new', 'start']);
    run.deliverToMain();
    run.deliverTo(1);
    expect(run.workers[1]?.values['p']).toBe('new');
  });

  it('may have any name', () => {
    expect(new LiveProperties({}, 0, () => undefined).values['constructor']).toBeUndefined();
  });

  it('end up the same in all workers, and none loses its own to an older one', () => {
    const step = fc.record({ worker: fc.nat(2), what: fc.constantFrom('set', 'main', 'receive') });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const run = new Run(3);
        const last: (string | undefined)[] = [];
        steps.forEach(({ worker, what }, n) => {
          if (what === 'set') run.workers[worker]?.set('p', (last[worker] = `${n}`));
          if (what === 'main') run.deliverToMain();
          if (what !== 'receive') return;
          run.deliverTo(worker);
          const seen = run.workers[worker]?.values['p'];
          const underway =
            run.toMain.some((one) => one.worker === worker) ||
            run.toWorkers[worker]?.some((one) => one.worker === worker);
          if (underway) expect(seen).toBe(last[worker]);
        });
        while (run.toMain.length > 0) run.deliverToMain();
        for (const worker of [0, 1, 2]) while (run.toWorkers[worker]?.length) run.deliverTo(worker);
        expect(new Set(run.workers.map(({ values }) => values['p'])).size).toBe(1);
      }),
    );
  });
});
