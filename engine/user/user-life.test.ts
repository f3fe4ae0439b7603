import { describe, expect, it } from 'vitest';
import type { CompiledGroup } from '../model/compiled-plan.ts';
import type { Sample } from '../model/sample.ts';
import { constant, control, outcome, sample, Stage } from './test-support/stage.ts';

/** A sampler that takes 10 ms, and fails when the label asks for it. */
const steady = () => {
  const stage = new Stage({
    perform: (config) => {
      stage.nowEpochMs += 10;
      const { outcome: said, body } = config as { outcome?: object; body?: string };
      return Promise.resolve(outcome({ ...said, ...(body ? { body: new TextEncoder().encode(body) } : {}) }));
    },
  });
  return stage;
};

const failing = constant({ outcome: { ok: false, code: '500', message: 'Internal Server Error' } });
const labels = (stage: Stage) => stage.samples.map(({ label }) => label);

describe('one sample', () => {
  it('knows its name while it is rendered', async () => {
    const stage = steady();
    const path = {
      text: ['/', { function: '__samplerName', args: [], slot: 0 }],
      as: 'string',
      path: 'path',
    } as const;
    await stage.run([sample('First'), sample('Second', { config: { object: [['path', path]] } })]);
    expect(stage.performed).toEqual([{}, { path: '/Second' }]);
  });

  it('carries due, start, elapsed and what the sampler said', async () => {
    const stage = new Stage({
      perform: (_, context) => {
        stage.nowEpochMs += 3;
        context.connected();
        stage.nowEpochMs += 4;
        context.firstByte();
        context.firstByte();
        stage.nowEpochMs += 5;
        return Promise.resolve(outcome({ url: 'http://127.0.0.1/' }));
      },
    });
    await stage.run([sample('Item', { tags: { a: 'b' } })]);
    expect(stage.samples).toEqual([
      {
        kind: 'sample',
        phase: 'load',
        label: 'Item',
        tags: { a: 'b' },
        threadName: 'Users 1-1',
        dueEpochMs: 1000,
        startEpochMs: 1000,
        elapsedMs: 12,
        idleMs: 0,
        latencyMs: 7,
        connectMs: 3,
        ok: true,
        code: '200',
        message: 'OK',
        failure: '',
        dataType: 'text',
        bytesReceived: 10,
        bytesSent: 5,
        url: 'http://127.0.0.1/',
        groupThreads: 1,
        allThreads: 2,
      },
    ]);
  });

  it('is due when the one before it ended, or when the pause was over', async () => {
    const stage = steady();
    await stage.run([sample('a'), sample('b'), control('pause', constant({ for: '1s' }), []), sample('c')]);
    expect(stage.samples.map(({ dueEpochMs }) => dueEpochMs)).toEqual([1000, 1010, 2020]);
  });

  it('ends when the sampler says that it is done; what it asks afterwards makes the next one due later, not late', async () => {
    const stage = new Stage({
      perform: (_, context) => {
        stage.nowEpochMs += 10;
        context.done();
        stage.nowEpochMs += 30;
        context.done();
        return Promise.resolve(outcome());
      },
    });
    await stage.run([sample('a'), sample('b')]);
    expect(
      stage.samples.map(({ dueEpochMs, startEpochMs, elapsedMs }) => [dueEpochMs, startEpochMs, elapsedMs]),
    ).toEqual([
      [1000, 1000, 10],
      [1040, 1040, 10],
    ]);
  });

  it('begins when the sampler says that it is ready; getting ready is neither its time nor lateness', async () => {
    const stage = new Stage({
      perform: (_, context) => {
        stage.nowEpochMs += 100;
        context.firstByte();
        context.part(outcome(), { name: 'trigger' });
        context.ready();
        stage.nowEpochMs += 10;
        context.firstByte();
        context.part(outcome());
        return Promise.resolve(outcome());
      },
    });
    await stage.run([sample('a'), sample('b')]);
    expect(
      stage.samples.map(({ label, dueEpochMs, startEpochMs, elapsedMs, latencyMs }) => [
        label,
        dueEpochMs,
        startEpochMs,
        elapsedMs,
        latencyMs,
      ]),
    ).toEqual([
      ['a', 1100, 1100, 10, 10],
      ['a-trigger', 1000, 1000, 100, 100],
      ['a-1', 1100, 1100, 10, 10],
      ['b', 1210, 1210, 10, 10],
      ['b-trigger', 1110, 1110, 100, 100],
      ['b-1', 1210, 1210, 10, 10],
    ]);
  });

  it('has parts that somebody else has timed, one after the other', async () => {
    const stage = new Stage({
      perform: (_, context) => {
        stage.nowEpochMs += 50;
        context.part(outcome(), { name: 'test one', elapsedMs: 7 });
        context.part(outcome(), { name: 'test two', elapsedMs: 3 });
        context.begin('beside').end(outcome());
        return Promise.resolve(outcome());
      },
    });
    await stage.run([sample('a')]);
    expect(stage.samples.map((one) => [one.label, one.startEpochMs, one.elapsedMs])).toEqual([
      ['a', 1000, 50],
      ['a-test one', 1000, 7],
      ['a-test two', 1007, 3],
      ['a-beside', 1050, 0],
    ]);
  });

  it.each([
    ['by its code', { ok: false, explanation: 'said so' }, null, [false, 'said so']],
    [
      'by a code that is not expected',
      { code: '3', explanation: 'why' },
      ['0'],
      [false, 'expected status 0, found 3: why'],
    ],
    ['not, where its code is expected', { ok: false, code: '3', explanation: 'why' }, ['3'], [true, '']],
    ['by a cause, whatever is expected', { ok: false, code: '3', failure: 'lost' }, ['3'], [false, 'lost']],
  ])('fails %s', async (_, given, codes, expected) => {
    const stage = new Stage({ perform: () => Promise.resolve(outcome(given)) });
    await stage.run([sample('a', { expect: codes })]);
    expect(stage.samples.map(({ ok, failure }) => [ok, failure])).toEqual([expected]);
  });

  it('is followed by its parts, named after it', async () => {
    const stage = new Stage({
      perform: (_, context) => {
        stage.nowEpochMs += 2;
        context.firstByte();
        context.part(outcome({ code: '302' }));
        stage.nowEpochMs += 5;
        context.firstByte();
        context.part(outcome());
        return Promise.resolve(outcome());
      },
    });
    await stage.run([sample('Log in')]);
    expect(
      stage.samples.map(({ kind, label, code, startEpochMs, elapsedMs, latencyMs }) => [
        kind,
        label,
        code,
        startEpochMs,
        elapsedMs,
        latencyMs,
      ]),
    ).toEqual([
      ['sample', 'Log in', '200', 1000, 7, 2],
      ['sub', 'Log in-0', '302', 1000, 2, 2],
      ['sub', 'Log in-1', '200', 1002, 5, 5],
    ]);
  });

  it('may have parts side by side, listed as they began; one that never ended is not told', async () => {
    const stage = new Stage({
      perform: (_, context) => {
        stage.nowEpochMs += 1;
        context.part(outcome({ code: 'page' }));
        const [slow, lost, quick] = [context.begin(), context.begin(), context.begin()];
        stage.nowEpochMs += 2;
        slow.connected();
        quick.connected();
        lost.connected();
        stage.nowEpochMs += 3;
        quick.firstByte();
        quick.end(outcome({ code: 'quick' }));
        stage.nowEpochMs += 4;
        slow.firstByte();
        slow.end(outcome({ code: 'slow' }));
        return Promise.resolve(outcome());
      },
    });
    await stage.run([sample('Page')]);
    expect(
      stage.samples.map(({ label, code, startEpochMs, elapsedMs, latencyMs, connectMs }) => [
        label,
        code,
        startEpochMs,
        elapsedMs,
        latencyMs,
        connectMs,
      ]),
    ).toEqual([
      ['Page', '200', 1000, 10, 0, 0],
      ['Page-0', 'page', 1000, 1, 0, 0],
      ['Page-1', 'slow', 1001, 9, 9, 2],
      ['Page-2', 'quick', 1001, 5, 5, 2],
    ]);
  });

  it('is none when the sampler had nothing to do; the user goes on and starves nobody', async () => {
    const stage = new Stage({
      perform: (config) =>
        Promise.resolve((config as { path?: string }).path === 'cached' ? null : outcome()),
    });
    await stage.run([
      sample('cached', { config: constant({ path: 'cached' }) }),
      sample('next', { config: constant({}) }),
    ]);
    expect(stage.samples.map(({ label }) => label)).toEqual(['next']);
    expect(stage.turns).toBe(1);
  });

  it('is a failed one when the sampler throws', async () => {
    const stage = new Stage({ perform: () => Promise.reject(new RangeError('too far')) });
    await stage.run([sample('x')]);
    expect(stage.samples).toMatchObject([
      {
        ok: false,
        code: 'Non HTTP response code: RangeError',
        message: 'Non HTTP response message: too far',
        failure: 'too far',
      },
    ]);
  });

  it('is a failed one that took no time when its configuration cannot be rendered', async () => {
    const stage = steady();
    const timeout = { text: [{ variable: 'plan' }], as: 'ms', path: 'timeout' } as const;
    await stage.run([sample('x', { config: { object: [['timeout', timeout]] } })]);
    expect(stage.samples).toMatchObject([
      {
        ok: false,
        elapsedMs: 0,
        failure: 'timeout must be a duration such as 30s or 500ms, rendered as "p"',
      },
    ]);
    expect(stage.performed).toEqual([]);
  });

  it.each([
    ['expect decides success: 404 is one', ['404'], { ok: false, code: '404' }, true, ''],
    [
      'expect decides success: 200 is none',
      ['404', '5xx'],
      { code: '200' },
      false,
      'expected status 404 or 5xx, found 200',
    ],
    ['a digit may be anything', ['2xx'], { code: '204' }, true, ''],
    [
      'without an answer nothing is expected',
      ['200'],
      { ok: false, code: 'Non HTTP', failure: 'connect.refused: x' },
      false,
      'connect.refused: x',
    ],
    ['without expect the sampler decides', null, { ok: false, code: '500' }, false, ''],
  ])('%s', async (_, expected, given, ok, failure) => {
    const stage = steady();
    await stage.run([sample('x', { expect: expected, config: constant({ outcome: given }) })]);
    expect(stage.samples).toMatchObject([{ ok, failure }]);
  });

  it('is named by what the variables are before it runs', async () => {
    const stage = steady();
    const extract = { jsonPath: '$.id', match: 'first', default: '', applyTo: 'main' };
    const named = sample('x', {
      label: ['id ', { variable: 'id' }],
      config: constant({ body: '{"id": 7}' }),
      extractors: [{ kind: 'jsonPath', slot: 0, variable: 'id', config: constant(extract), at: '' }],
    });
    await stage.run([named, named]);
    expect(stage.samples.map(({ label }) => label)).toEqual(['id ${id}', 'id 7']);
  });

  it('runs extractors, then every assertion, and tells the first failure', async () => {
    const stage = steady();
    const element = (kind: string, config: object, variable = '') => ({
      kind,
      slot: 0,
      variable,
      config: constant(config),
      at: '',
    });
    await stage.run([
      sample('x', {
        config: constant({ body: '{"id": 7}' }),
        extractors: [
          element('jsonPath', { jsonPath: '$.id', match: 'first', default: '', applyTo: 'main' }, 'id'),
        ],
        assertions: [element('duration', { duration: 5 }), element('status', { status: 404 })],
      }),
      sample('y', { label: ['id ', { variable: 'id' }] }),
    ]);
    expect(stage.samples).toMatchObject([
      { ok: false, failure: 'took 10ms, longer than 5ms' },
      { label: 'id 7' },
    ]);
  });
});

describe('a user', () => {
  it.each<[string, Partial<CompiledGroup>, string[]]>([
    ['so many loops', { loops: 3 }, ['a', 'b', 'a', 'b', 'a', 'b']],
    [
      'until its time is up, without finishing the iteration',
      { loops: null, durationMs: 25 },
      ['a', 'b', 'a'],
    ],
  ])('runs %s', async (_, config, expected) => {
    const stage = steady();
    await stage.run([sample('a'), sample('b')], config);
    expect(labels(stage)).toEqual(expected);
  });

  it.each([
    ['continue', ['bad', 'b', 'bad', 'b']],
    ['startNextLoop', ['bad', 'bad']],
    ['stopThread', ['bad']],
    ['stopTest', ['bad']],
  ] as const)('does what onError %s says', async (onError, expected) => {
    const stage = steady();
    const group = await stage.run([sample('bad', { config: failing }), sample('b')], { loops: 2, onError });
    expect(labels(stage)).toEqual(expected);
    expect(group.firstFailure).toBe('bad: 500 Internal Server Error');
    expect(stage.stops).toEqual(
      onError === 'stopTest' ? ['soon: Users 1-1: "bad" failed (500) and onError is stopTest'] : [],
    );
  });

  it('gives way when an iteration waits for nothing', async () => {
    const stage = steady();
    await stage.run([control('if', { condition: { literal: false } }, [sample('never')])], {
      loops: null,
      durationMs: 50,
    });
    expect(stage.turns).toBe(50);
    expect(stage.samples).toEqual([]);
  });

  it('keeps its index in a variable', async () => {
    const stage = steady();
    await stage.run([sample('x', { label: ['x', { variable: '__jm__Users__idx' }] })], { loops: 3 });
    expect(labels(stage)).toEqual(['x0', 'x1', 'x2']);
  });
});

describe('controllers', () => {
  const choice = (weights: readonly number[]) =>
    control('choose', constant({}), [], {
      branches: weights.map((weight, index) => ({
        config: constant({ weight }),
        steps: [sample(`b${index}`)],
      })),
    });

  it('loop repeats and numbers its passes', async () => {
    const stage = steady();
    await stage.run([
      control('loop', constant({ count: 3 }), [
        sample('x', { label: ['x', { variable: '__jm__loop__idx' }] }),
      ]),
    ]);
    expect(labels(stage)).toEqual(['x0', 'x1', 'x2']);
  });

  it.each([
    [0, []],
    [1, ['x']],
  ])('loop %i', async (count, expected) => {
    const stage = steady();
    await stage.run([control('loop', constant({ count }), [sample('x')])]);
    expect(labels(stage)).toEqual(expected);
  });

  it('loop forever ends with the group’s time', async () => {
    const stage = steady();
    await stage.run([control('loop', constant({ count: 'forever' }), [sample('x')])], { durationMs: 35 });
    expect(labels(stage)).toHaveLength(4);
  });

  it('if runs its steps only when its condition holds', async () => {
    const stage = steady();
    await stage.run([
      control('if', { object: [['condition', { condition: { literal: true } }]] }, [sample('yes')]),
      control('if', { object: [['condition', { condition: { literal: false } }]] }, [sample('no')]),
    ]);
    expect(labels(stage)).toEqual(['yes']);
  });

  it('choose follows its weights, and never takes a branch of weight 0', async () => {
    const stage = steady();
    await stage.run([choice([3, 1, 0])], { loops: 4000 });
    const count = (label: string) => labels(stage).filter((one) => one === label).length;
    expect(count('b0') / 4000).toBeCloseTo(0.75, 1);
    expect(count('b0') + count('b1')).toBe(4000);
  });

  it('pause draws evenly from a range', async () => {
    const stage = steady();
    await stage.run([control('pause', constant({ for: '10ms..30ms' }), []), sample('x')], { loops: 500 });
    const pauses = stage.samples.map(
      ({ dueEpochMs }, n) => dueEpochMs - (n === 0 ? 1000 : stage.samples[n - 1]!.dueEpochMs + 10),
    );
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(10 - 1e-9);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(30 + 1e-9);
    expect(pauses.reduce((sum, pause) => sum + pause, 0) / 500).toBeCloseTo(20, -0.5);
  });

  it('a pause that would outlast the user ends it', async () => {
    const stage = steady();
    await stage.run([sample('a'), control('pause', constant({ for: '1s' }), []), sample('b')], {
      durationMs: 500,
    });
    expect(labels(stage)).toEqual(['a']);
    expect(stage.nowEpochMs).toBe(1010);
  });

  it.each([
    [false, 20, 100],
    [true, 120, 0],
  ])('transaction with includePauses %s takes %i ms', async (includePauses, elapsedMs, idleMs) => {
    const stage = steady();
    const steps = [
      sample('a'),
      control('pause', constant({ for: '100ms' }), []),
      sample('b', { config: failing }),
    ];
    await stage.run([control('transaction', constant({ name: 'T', includePauses }), steps, { label: 'T' })]);
    expect(stage.samples.at(-1)).toMatchObject({
      kind: 'transaction',
      label: 'T',
      elapsedMs,
      idleMs,
      ok: false,
      code: '',
      message: 'Number of samples in transaction : 2, number of failing samples : 1',
      bytesReceived: 20,
      bytesSent: 10,
    });
  });

  it.each([
    ['a pause', control('pause', constant({ for: '100ms' }), []), {}],
    [
      'a timer',
      null,
      { timers: [{ kind: 'constant', slot: 0, variable: '', config: constant({ constant: 100 }), at: '' }] },
    ],
  ])(
    'a transaction leaves out only what it waited itself: %s that began before it',
    async (_, pause, more) => {
      const stage = steady();
      const record = (one: Sample) => {
        stage.samples.push(one);
        if (one.label === 'before') stage.nowEpochMs += 50; // work between the samples: due lies behind now
      };
      Object.assign(stage.world, { record });
      const inside = [...(pause ? [pause] : []), sample('inside', more)];
      await stage.run([
        sample('before'),
        control('transaction', constant({ name: 'T', includePauses: false, parent: false }), inside, {
          label: 'T',
        }),
      ]);
      expect(stage.samples.at(-1)).toMatchObject({ label: 'T', elapsedMs: 10, idleMs: 50 });
    },
  );

  it('an outer transaction counts the samples of an inner one, not the inner row', async () => {
    const stage = steady();
    const inner = control('transaction', constant({ name: 'I', includePauses: false }), [sample('a')], {
      label: 'I',
    });
    await stage.run([
      control('transaction', constant({ name: 'O', includePauses: false }), [inner, sample('b')], {
        label: 'O',
      }),
    ]);
    expect(stage.samples.map(({ label, message }) => [label, message.split(',')[0]])).toEqual([
      ['a', 'OK'],
      ['I', 'Number of samples in transaction : 1'],
      ['b', 'OK'],
      ['O', 'Number of samples in transaction : 2'],
    ]);
  });

  it('a transaction that is left early still has its row', async () => {
    const stage = steady();
    const steps = [sample('bad', { config: failing }), sample('never')];
    await stage.run(
      [control('transaction', constant({ name: 'T', includePauses: false }), steps, { label: 'T' })],
      { onError: 'startNextLoop' },
    );
    expect(labels(stage)).toEqual(['bad', 'T']);
  });
});
