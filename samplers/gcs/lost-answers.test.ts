import { describe, expect, it } from 'vitest';
import { Crc32c } from '../../engine/checksum/crc32c.ts';
import type { GcsConfig } from './schema.ts';
import { gcsRun } from './test-support/gcs-run.ts';
import { answerJson, refusal, scriptedServer, type Script } from './test-support/scripted-server.ts';

/** Takes a request to its end, and gives no answer. */
const lost: Script = (request) => {
  request.resume().on('end', () => request.socket.resetAndDestroy());
};
const badGateway = refusal(502, 'badGateway', 'The answer was lost.');
const busy = refusal(503, 'backendError', 'Not now.');
const gone = refusal(404, 'notFound', 'No such object.');
const conflict = refusal(409, 'conflict', 'The bucket exists.');
const unmet = refusal(412, 'conditionNotMet', 'A condition does not hold.');

async function after(scripts: readonly Script[], config: Partial<GcsConfig>) {
  const server = await scriptedServer((request, response, count) =>
    (scripts[count] ?? refusal(400, 'invalid', 'Too much was asked.'))(request, response, count),
  );
  const run = gcsRun(server.url, undefined, () => Promise.resolve());
  const outcome = await run.perform({ retries: 3, ...config });
  return { outcome, methods: server.asked.map(({ method }) => method) };
}

describe('what was deleted, but not answered, is a success when it is gone at the next try', () => {
  it.each<[string, Partial<GcsConfig>]>([
    ['an object', { delete: 'x' }],
    ['a bucket', { deleteBucket: 'b', bucket: 'b' }],
  ])('%s', async (_, config) => {
    for (const first of [lost, badGateway]) {
      const { outcome } = await after([first, busy, gone], config);
      expect([outcome.ok, outcome.code, outcome.message]).toEqual([true, '204', 'as it should be already']);
    }
    for (const before of [[], [busy]])
      expect((await after([...before, gone], config)).outcome).toMatchObject({ ok: false, code: '404' });
  });

  it('all objects of a beginning', async () => {
    const list = answerJson(200, { kind: 'storage#objects', items: [{ name: 'a' }] });
    expect((await after([list, lost, gone], { deleteAll: '' })).outcome.ok).toBe(true);
  });
});

const text = 'id\n1\n';
const sum = new Crc32c();
sum.update(Buffer.from(text));
const object = (crc32c: string) =>
  answerJson(200, {
    kind: 'storage#object',
    name: 'x',
    size: String(text.length),
    crc32c,
    componentCount: 2,
  });
const session: Script = (request, response, count) =>
  answerJson(200, {}, { location: `http://${request.headers.host ?? ''}/session` })(request, response, count);
const same = object(sum.base64());

describe('what was made, but not answered, is looked at when it is there at the next try', () => {
  it('a bucket', async () => {
    const bucket = answerJson(200, { kind: 'storage#bucket', name: 'b' });
    const config = { createBucket: 'b', bucket: 'b' };
    const { outcome, methods } = await after([lost, conflict, bucket], config);
    expect([outcome.ok, methods]).toEqual([true, ['POST', 'POST', 'GET']]);
    const others = await after([lost, conflict, refusal(403, 'forbidden', 'Not yours.')], config);
    expect(others.outcome).toMatchObject({ ok: false, code: '409' });
    expect((await after([busy, conflict], config)).outcome.code).toBe('409');
  });

  it.each([
    ['media', [lost, unmet]],
    ['multipart', [lost, unmet]],
    ['multipart', [badGateway, busy, unmet]],
    ['resumable', [session, lost, refusal(410, 'gone', 'The session is over.'), unmet]],
  ] as const)('an upload by %s whose condition no longer holds', async (kind, scripts) => {
    const config = { upload: 'x', kind, text, ifGenerationMatch: 0 };
    const { outcome } = await after([...scripts, same], config);
    expect(outcome).toMatchObject({ ok: true, code: '200', metrics: { gcs_bytes: text.length } });
    const other = await after([...scripts, object('AAAAAA==')], config);
    expect(other.outcome).toMatchObject({ ok: false, code: '412' });
    expect((await after([kind === 'resumable' ? session : busy, unmet], config)).outcome.ok).toBe(false);
  });

  it('a large upload, which is summed up as it is sent', async () => {
    const stream = { size: 3 * 2 ** 20, compressibility: 0, seed: 1 };
    const config = {
      upload: 'x',
      kind: 'multipart',
      stream,
      ifGenerationMatch: 0,
      validation: 'none',
    } as const;
    const there = answerJson(200, { kind: 'storage#object', name: 'x', size: String(stream.size) });
    const { outcome } = await after([lost, unmet, there], config);
    expect(outcome).toMatchObject({ ok: true, metrics: { gcs_bytes: stream.size } });
  });

  it('a composed object', async () => {
    const config = { compose: 'x', sources: ['a', 'b'], ifGenerationMatch: 0 };
    expect((await after([lost, unmet, same], config)).outcome.ok).toBe(true);
    expect((await after([busy, unmet], config)).outcome.code).toBe('412');
  });
});
