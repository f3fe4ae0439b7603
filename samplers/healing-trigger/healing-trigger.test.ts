import { afterAll, describe, expect, it } from 'vitest';
import { configured } from '../bigquery/test-support/perform.ts';
import { queryAnswer, ToldServer } from '../bigquery/test-support/told-server.ts';
import { healingTrigger } from './healing-trigger.ts';
import { heal, newSampler, pipeline, poll, post } from './test-support/pipeline.ts';

const status = (name: string, more: object = {}) => ({ body: { data: { status: name, ...more } } });
const injected = {
  status: 202,
  body: { data: { issue_id: 'i-7', injected_at: '2026-01-01T00:00:00.000Z' } },
};

describe('an issue', () => {
  it('is injected, asked for until it is detected, and then until it is healed', async () => {
    const { url, asked } = await pipeline({
      'POST /inject': [injected],
      'GET /i-7': [
        { status: 404 },
        status('injected'),
        status('fixing'),
        status('fixing'),
        status('resolved'),
      ],
    });
    const outcome = await heal({
      inject: post(url, '/inject'),
      detect: poll(url, '/{issueId}', 'fixing'),
      heal: poll(url, '/{issueId}', 'resolved'),
    });
    expect([outcome.ok, outcome.code, outcome.failure]).toEqual([true, '200', undefined]);
    expect(outcome.message).toMatch(/^detected after \d+ms, healed after another \d+ms$/);
    expect(outcome.events).toEqual(['part trigger', 'ready', 'done', 'part detect', 'part heal']);
    expect(outcome.parts.map(({ ok, code }) => [ok, code])).toEqual([
      [true, '202'],
      [true, '200'],
      [true, '200'],
    ]);
    expect(asked).toEqual(['POST /inject', ...Array.from({ length: 5 }, () => 'GET /i-7')]);
    expect(Buffer.from(outcome.body ?? []).toString()).toBe('{"data":{"status":"resolved"}}');
    expect(Object.keys(outcome.metrics ?? {})).toEqual([
      'healing_time_to_detect',
      'healing_time_to_heal',
      'healing_polls',
    ]);
    expect(outcome.metrics?.['healing_polls']).toBe(5);
  });

  it('is injected by content that is made before its time', async () => {
    const { url } = await pipeline({});
    const generated = { upload: 'x', generate: 'facts', rows: 10, format: 'csv', bucket: 'b', endpoint: url };
    const { events } = await heal({
      inject: {
        gcs: { ...generated, kind: 'media', seed: 1, bad: 0, header: true, retries: 0, timeout: 5000 },
      },
      detect: poll(url, '/issues', 'open'),
    } as Parameters<typeof heal>[0]);
    expect(events.slice(0, 2)).toEqual(['ready', 'part trigger']);
  });

  it('is fixed by content that is made before the healing begins', async () => {
    const { url } = await pipeline({
      'POST /inject': [injected],
      'GET /i-7': [status('open'), status('resolved')],
      'POST /upload/storage/v1/b/b/o?uploadType=media&name=x': [{ body: { name: 'x' } }],
    });
    const upload = { upload: 'x', generate: 'facts', rows: 10, format: 'csv', bucket: 'b', endpoint: url };
    const outcome = await heal({
      inject: post(url, '/inject'),
      detect: poll(url, '/{issueId}', 'open'),
      fix: {
        gcs: {
          ...upload,
          kind: 'media',
          seed: 1,
          bad: 0,
          header: true,
          retries: 0,
          timeout: 5000,
          validation: 'none',
        },
      },
      heal: poll(url, '/{issueId}', 'resolved'),
    } as Parameters<typeof heal>[0]);
    expect([outcome.failure ?? outcome.explanation, outcome.ok]).toEqual([undefined, true]);
    expect(outcome.events.slice(2)).toEqual(['done', 'part detect', 'idle', 'begin heal', 'part heal']);
  });

  it.each<[string, object, readonly string[]]>([
    ['until', { until: { jsonPath: '$.statistics.slotMs' } }, ['GET /jobs/job-1']],
    ['timestamps', { timestamps: '$.statistics.endEpochMs' }, ['GET /jobs/job-1']],
    ['neither', { until: { jsonPath: '$.rows[0].n' } }, []],
  ])(
    'is seen by statistics of a query, which %s asks for',
    async (_where, { until, timestamps }: { until?: object; timestamps?: string }, asked) => {
      const statistics = {
        totalSlotMs: '5',
        startTime: '1767225600000',
        endTime: '1767225601000',
        query: { totalBytesBilled: '7' },
      };
      const server = await ToldServer.start(({ method, url }) =>
        method === 'POST'
          ? queryAnswer([7])
          : { json: { jobReference: { jobId: url.pathname }, status: { state: 'DONE' }, statistics } },
      );
      afterAll(() => server.stop());
      const { url } = await pipeline({ 'POST /inject': [injected] });
      const step = Object.entries(configured({ query: 'SELECT n', endpoint: server.url }));
      const query = Object.fromEntries(step.filter(([key]) => key !== 'statistics'));
      const outcome = await heal({
        inject: post(url, '/inject'),
        detect: { bigquery: query, ...(until && { until }) },
        ...(timestamps && { timestamps: { detectedAt: timestamps } }),
      } as Parameters<typeof heal>[0]);
      expect([outcome.failure ?? outcome.explanation, outcome.ok]).toEqual([undefined, true]);
      expect(server.paths).toEqual(['POST /queries', ...asked]);
    },
  );

  it('may tell its id only when it is detected, and need a fix', async () => {
    const { url, asked } = await pipeline({
      'POST /upload': [{ body: {} }],
      'GET /issues': [{ body: { data: [] } }, { body: { data: [{ id: 9, status: 'open' }] } }],
      'POST /9/fix': [{ status: 202 }],
      'GET /9': [status('fixing'), status('resolved')],
    });
    const outcome = await heal({
      inject: post(url, '/upload'),
      issueId: '$.data[0].id',
      detect: { ...poll(url, '/issues'), until: { jsonPath: '$.data[0]', whole: false, not: false } },
      fix: post(url, '/{issueId}/fix'),
      heal: poll(url, '/{issueId}', 'resolved'),
    });
    expect(outcome.failure).toBeUndefined();
    expect(asked).toEqual(['POST /upload', 'GET /issues', 'GET /issues', 'POST /9/fix', 'GET /9', 'GET /9']);
  });

  it('need not be healed, where that is not asked for; a success is enough without until', async () => {
    const { url } = await pipeline({ 'POST /inject': [injected], 'GET /found': [{ status: 404 }, {}] });
    const outcome = await heal(
      { inject: post(url, '/inject'), detect: poll(url, '/found') },
      { keepBody: false },
    );
    expect([outcome.ok, outcome.body, outcome.events]).toEqual([
      true,
      undefined,
      ['part trigger', 'ready', 'done', 'part detect'],
    ]);
    expect(Object.keys(outcome.metrics ?? {})).toEqual(['healing_time_to_detect', 'healing_polls']);
  });
});

describe('a failure says how far it came', () => {
  const stages = (url: string) => ({
    inject: post(url, '/inject'),
    detect: poll(url, '/{issueId}', 'open'),
    heal: poll(url, '/{issueId}/healing', 'resolved'),
    timeout: 60,
  });

  it.each([
    [
      'not injected',
      { 'POST /inject': [{ status: 503, body: { why: 'full' } }] },
      /^healing\.not_injected: the issue was not injected: 503 Service Unavailable: \{"why":"full"\}$/,
      ['part trigger'],
    ],
    [
      'not detected',
      { 'POST /inject': [injected], 'GET /i-7': [status('injected')] },
      /^healing\.not_detected: the issue was not detected within 60ms: asked \d+ times, at last: expected \$\.data\.status to be "open", found "injected"$/,
      ['part trigger', 'ready', 'done', 'part detect'],
    ],
    [
      'not found',
      { 'POST /inject': [injected] },
      /not detected within 60ms: asked \d+ times, at last: 404 Not Found$/,
      ['part trigger', 'ready', 'done', 'part detect'],
    ],
    [
      'not healed',
      { 'POST /inject': [injected], 'GET /i-7': [status('open')], 'GET /i-7/healing': [status('fixing')] },
      /^healing\.not_healed: the issue was detected after \d+ms, but not healed within 60ms: asked \d+ times?, at last: expected .* found "fixing"$/,
      ['part trigger', 'ready', 'done', 'part detect', 'part heal'],
    ],
    [
      'without an id',
      { 'POST /inject': [{ body: {} }] },
      /^healing\.no_id: the issue was not detected: no answer has told the id of the issue, which \{issueId\} stands for/,
      ['part trigger', 'ready', 'done', 'part detect'],
    ],
  ])('%s', async (_, answers, failure, events) => {
    const { url } = await pipeline(answers);
    const outcome = await heal(stages(url));
    expect(outcome.ok).toBe(false);
    expect(outcome.failure ?? outcome.explanation).toMatch(failure);
    expect(outcome.events).toEqual(events);
    expect(outcome.parts.at(-1)?.ok).toBe(false);
  });

  it('when the fix does not begin', async () => {
    const { url } = await pipeline({
      'POST /inject': [injected],
      'GET /i-7': [status('open')],
      'POST /fix': [{ status: 409 }],
    });
    const outcome = await heal({ ...stages(url), fix: post(url, '/fix') });
    expect(outcome.failure ?? outcome.explanation).toMatch(
      /^healing\.not_healed: .* but not healed: the fix did not begin: 409 Conflict$/,
    );
    expect(Object.keys(outcome.metrics ?? {})).toEqual(['healing_time_to_detect', 'healing_polls']);
  });

  it('when nobody is there', async () => {
    const outcome = await heal(stages('http://127.0.0.1:1'));
    expect(outcome.failure ?? outcome.explanation).toMatch(
      /^healing\.not_injected: the issue was not injected: connect\.refused/,
    );
  });

  it('when an answer does not come: waiting ends with the limit all the same', async () => {
    const { url } = await pipeline({ 'POST /inject': [injected], 'GET /i-7': [{ hang: true }] });
    const startMs = performance.now();
    const outcome = await heal({ ...stages(url), timeout: 300 });
    expect(outcome.failure ?? outcome.explanation).toMatch(/^healing\.not_detected: /);
    expect(performance.now() - startMs).toBeLessThan(4500);
  });

  it('when the run is stopped meanwhile', async () => {
    const by = newSampler();
    const { url, asked } = await pipeline({ 'POST /inject': [injected], 'GET /i-7': [status('injected')] });
    const performed = heal({ ...stages(url), timeout: 60_000, interval: 30_000 }, { by });
    while (asked.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    by.abort();
    expect((await performed).failure).toBe(
      'healing.interrupted: the issue was not detected when the run was stopped',
    );
  });
});

describe('times that the system tells', () => {
  const times = {
    injectedAt: '$.data.injected_at',
    detectedAt: '$.data.detected_at',
    healedAt: '$.data.healed_at',
  };
  const told = (detected_at: unknown, healed_at: unknown = 1_767_225_605_500) => ({
    'POST /inject': [injected],
    'GET /i-7': [status('resolved', { detected_at, healed_at })],
  });
  const config = (url: string) => ({
    inject: post(url, '/inject'),
    detect: poll(url, '/{issueId}'),
    heal: poll(url, '/{issueId}'),
    timestamps: times,
  });

  it('are the values of the metrics', async () => {
    const { url } = await pipeline(told('2026-01-01T00:00:02.250Z'));
    expect((await heal(config(url))).metrics).toEqual({
      healing_time_to_detect: 2250,
      healing_time_to_heal: 3250,
      healing_polls: 2,
    });
  });

  it.each([
    ['soon', 'healing.no_time: "soon" at $.data.detected_at is no time'],
    [null, 'healing.no_time: there is no time at $.data.detected_at in the answer'],
  ])('must be some: %j', async (detectedAt, failure) => {
    const { url } = await pipeline(told(detectedAt));
    const outcome = await heal(config(url));
    expect([outcome.ok, outcome.failure]).toEqual([false, failure]);
    expect(outcome.metrics).toEqual({ healing_polls: 2 });
  });
});

describe('what is told before the run', () => {
  const get = { http: { url: 'http://a/' } };
  it.each<[object, string | null]>([
    [{}, 'nothing says what to inject: write issue: with its kind, or inject: with an operation'],
    [{ inject: get }, 'nothing says how it is seen: write detect: with what to ask'],
    [{ inject: get, detect: get, fix: get }, 'what is fixed is waited for: write heal: beside fix:'],
    [{ inject: {}, detect: get }, 'inject: nothing says what to do: write one of http, bigquery, gcs in it'],
    [
      { inject: { http: { path: '/a' } }, detect: get },
      'inject: nothing says which server to ask: set baseUrl (in defaults.http, for example) or url',
    ],
    [
      { inject: get, detect: { ...get, until: { jsonPath: 'status' } } },
      'detect.until: "status" is not a JSONPath',
    ],
    [{ inject: get, detect: { ...get, until: { jsonPath: '$.a', matches: '(' } } }, '('],
    [
      { inject: get, detect: get, timestamps: { detectedAt: 'x' } },
      'timestamps.detectedAt: "x" is not a JSONPath',
    ],
    [{ inject: get, detect: get, issueId: '$..[' }, 'issueId: "$..[" is not a JSONPath'],
    [{ inject: get, detect: get, heal: get }, null],
  ])('%j: %s', (config, mistake) => {
    const found = healingTrigger.check?.({ ...config }, true) ?? null;
    if (mistake === null) expect(found).toBeNull();
    else expect(found).toContain(mistake);
  });

  it.each([
    [{}, []],
    [{ issue: 'x' }, ['inject', 'detect', 'heal']],
    [{ issue: 'x', inject: get }, ['detect', 'heal']],
    [{ issue: 'x', detect: get }, ['inject']],
    [{ issue: 'x', heal: get }, ['inject', 'detect']],
  ])('%j fills in %j', (config, keys) => {
    expect(Object.keys(healingTrigger.fill?.(config) ?? {})).toEqual(keys);
  });

  it('is the files of its operations', () => {
    const inject = { http: { url: 'http://a/', method: 'PUT', bodyFile: 'bad.csv' } };
    expect(healingTrigger.files?.({ inject, detect: get })).toEqual(['bad.csv']);
  });
});
