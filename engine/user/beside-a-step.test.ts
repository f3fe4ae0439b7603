import { describe, expect, it } from 'vitest';
import { nameInJtl } from '../model/sample-phase.ts';
import type { CompiledStep } from '../model/compiled-plan.ts';
import { constant, control, outcome, sample, Stage } from './test-support/stage.ts';

/** Each sample takes 10 ms and answers what its configuration says. */
const steady = () => {
  const stage = new Stage({
    perform: (config) => {
      stage.nowEpochMs += 10;
      return Promise.resolve(outcome(config as object));
    },
  });
  return stage;
};

const answering = (label: string, code: string, ok = true) =>
  sample(label, { config: constant({ code, ok }) });
const labels = (stage: Stage) => stage.samples.map(({ label }) => label).join(' ');

describe('a guard', () => {
  const guard = (holds: boolean, step: CompiledStep) =>
    control('when', { object: [['condition', { condition: { literal: holds } }]] }, [step], {
      label: step.label,
    });

  it('lets its step pass when it holds', async () => {
    const stage = steady();
    await stage.run([guard(true, sample('a')), sample('b')]);
    expect([labels(stage), stage.skipped]).toEqual(['a b', []]);
  });

  it('leaves its step out and counts it under its label when it does not', async () => {
    const stage = steady();
    await stage.run([guard(false, sample('a')), sample('b')], { loops: 2 });
    expect([labels(stage), stage.skipped]).toEqual(['b b', ['a', 'a']]);
  });
});

describe('branches by outcome', () => {
  const on = (step: CompiledStep, ...outcomes: readonly string[]) =>
    control('on', constant({}), [step], {
      branches: outcomes.map((one) => ({ config: constant({ outcome: one }), steps: [sample(`on-${one}`)] })),
    });

  it.each([
    ['the code itself', '404', true, ['404', '2xx'], 's on-404'],
    ['a class of codes', '204', true, ['404', '2xx'], 's on-2xx'],
    ['none that matches', '500', true, ['404', '2xx'], 's'],
    ['the most exact of several', '404', true, ['4xx', '40x', '404'], 's on-404'],
    ['a class with fewer open digits', '403', true, ['4xx', '40x', '404'], 's on-40x'],
    ['success', '200', true, ['ok', 'failed'], 's on-ok'],
    ['failure', '500', false, ['ok', 'failed'], 's on-failed'],
    ['the code and then the judgement', '404', false, ['failed', '404'], 's on-404 on-failed'],
  ])('run by %s', async (_, code, ok, outcomes, expected) => {
    const stage = steady();
    await stage.run([on(answering('s', code, ok), ...outcomes)]);
    expect(labels(stage)).toBe(expected);
  });

  it('judge a sample with its assertions', async () => {
    const stage = steady();
    const assertions = [
      { kind: 'duration', slot: 0, variable: '', config: constant({ duration: 1 }), at: '' },
    ];
    await stage.run([on(sample('s', { config: constant({ code: '200' }), assertions }), 'ok', 'failed')]);
    expect(labels(stage)).toBe('s on-failed');
  });

  it('run before the user ends by onError', async () => {
    const stage = steady();
    await stage.run([on(answering('s', '500', false), 'failed'), sample('never')], { onError: 'stopThread' });
    expect(labels(stage)).toBe('s on-failed');
  });

  it('do not run when the time is up, nor without a sample', async () => {
    const late = steady();
    await late.run([on(sample('s'), '2xx')], { durationMs: 10 });
    const stopped = steady();
    const timers = [{ kind: 'constant', slot: 0, variable: '', config: constant({ constant: 50 }), at: '' }];
    await stopped.run([on(sample('s', { timers }), 'ok', 'failed')], { durationMs: 20 });
    expect([labels(late), labels(stopped)]).toEqual(['s', '']);
  });
});

describe('clean-up', () => {
  const undo = (step: CompiledStep, ...steps: readonly CompiledStep[]) =>
    control('cleanUp', constant({}), [step], { branches: [{ config: constant({}), steps }] });
  const setTo = (value: string) => control('set', constant({ set: { id: value } }), []);
  const named = (text: string) => sample('', { label: [text, { variable: 'id' }] });
  const rows = (stage: Stage) =>
    stage.samples.map(
      ({ label, kind, phase }) => `${label} ${kind === 'sample' && phase !== 'load' ? phase : kind}`,
    );

  it('runs when the user ends, the last kept first, with the variables as they were, and is not counted', async () => {
    const stage = steady();
    await stage.run([
      setTo('1'),
      undo(sample('create'), named('delete-')),
      setTo('2'),
      undo(sample('create'), named('delete-'), named('look-')),
      setTo('3'),
    ]);
    expect(rows(stage)).toEqual([
      'create sample',
      'create sample',
      'delete-2 clean-up',
      'look-2 clean-up',
      'delete-1 clean-up',
    ]);
    expect(stage.samples.map(nameInJtl).slice(1, 3)).toEqual(['Users 1-1', 'Users 1-1 clean-up']);
    expect(stage.cleanUp).toEqual(['registered', 'registered', 'done', 'done']);
    expect(stage.left).toEqual(['Users 1-1 after 5']);
  });

  it('is kept neither for a failed sample nor for one that was not taken', async () => {
    const stage = steady();
    const timers = [{ kind: 'constant', slot: 0, variable: '', config: constant({ constant: 500 }), at: '' }];
    await stage.run(
      [
        undo(answering('create', '500', false), sample('delete')),
        undo(sample('late', { timers }), sample('x')),
      ],
      { durationMs: 100 },
    );
    expect([rows(stage), stage.cleanUp]).toEqual([['create sample'], []]);
  });

  it.each<[string, CompiledStep[], object]>([
    ['its time is up', [sample('more')], { durationMs: 10 }],
    ['a failure ends it', [answering('fails', '500', false)], { onError: 'stopThread' }],
    ['the plan stops it', [control('action', constant({ do: 'stopThread' }), [])], {}],
    ['the plan stops the test at once', [control('action', constant({ do: 'stopTestNow' }), [])], {}],
    ['a step is broken', [control('forEach', { text: [{ variable: 'x' }], as: 'number', path: '' }, [])], {}],
  ])('runs also when %s', async (_, more, config) => {
    const stage = steady();
    await stage.run([undo(sample('create'), sample('delete')), ...more], config);
    expect(rows(stage).at(-1)).toBe('delete clean-up');
    expect(stage.cleanUp).toEqual(['registered', 'done']);
  });

  it('runs also after a stop at once that came while the user was busy', async () => {
    const stage: Stage = new Stage({
      perform: (config) => {
        if ((config as { stop?: boolean }).stop) stage.groups.at(-1)?.stop('now');
        return Promise.resolve(outcome());
      },
    });
    await stage.run([
      undo(sample('create'), sample('delete')),
      sample('busy', { config: constant({ stop: true }) }),
      sample('never'),
    ]);
    expect(rows(stage)).toEqual(['create sample', 'busy sample', 'delete clean-up']);
  });

  it('is left, and missing in the count, after a quit and when the grace period is over', async () => {
    const quit: Stage = new Stage({
      perform: (config) => {
        if ((config as { stop?: boolean }).stop) quit.groups.at(-1)?.stop('quit');
        return Promise.resolve(outcome());
      },
    });
    const creates = [undo(sample('create'), sample('delete')), undo(sample('create'), sample('delete'))];
    await quit.run([...creates, sample('busy', { config: constant({ stop: true }) })]);
    expect([rows(quit).length, quit.cleanUp]).toEqual([3, ['registered', 'registered']]);

    const slow: Stage = new Stage({
      perform: (config) => {
        slow.nowEpochMs += (config as { forMs?: number }).forMs ?? 10;
        return Promise.resolve(outcome());
      },
    });
    const minute = sample('delete', { config: constant({ forMs: 60_000 }) });
    await slow.run([undo(sample('create'), sample('delete')), undo(sample('create'), minute)]);
    expect(slow.samples.map(({ label }) => label)).toEqual(['create', 'create', 'delete']);
  });

  it('counts one with a failed sample as failed, says why, and goes on with the others', async () => {
    const stage = steady();
    await stage.run([
      undo(sample('create'), sample('first')),
      undo(sample('create'), answering('second', '500', false), sample('third')),
    ]);
    expect(rows(stage).slice(2)).toEqual(['second clean-up', 'third clean-up', 'first clean-up']);
    expect(stage.cleanUp.slice(2)).toEqual(['failed: second: 500 OK', 'done']);
  });

  it('of a strand is the user’s', async () => {
    const stage = steady();
    await stage.run([
      control('parallel', constant({}), [undo(sample('a'), sample('-a')), undo(sample('b'), sample('-b'))]),
    ]);
    expect(stage.samples.map(({ label }) => label)).toEqual(['a', 'b', '-b', '-a']);
  });

  it('of set-up waits for the tear-down, and comes after it', async () => {
    const stage = steady();
    await stage.run([undo(sample('create'), sample('delete')), undo(sample('log in'), sample('log out'))], {
      phase: 'setUp',
      name: 'setUp',
    });
    expect(stage.left).toEqual([]);
    await stage.run([sample('load')]);
    await stage.run([sample('report')], { phase: 'tearDown', name: 'tearDown' });
    expect(rows(stage).slice(3)).toEqual(['report tear-down', 'log out clean-up', 'delete clean-up']);
    expect(stage.samples.at(-1)).toMatchObject({ threadName: 'setUp 1-1', phase: 'clean-up' });
    expect(stage.left).toEqual(['Users 1-1 after 3', 'tearDown 1-1 after 4', 'setUp 1-1 after 6']);
  });
});
