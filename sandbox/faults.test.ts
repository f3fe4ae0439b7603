import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Faults } from './faults.ts';
import { startSandbox } from './server.ts';
import type { Sandbox } from './server.ts';

describe('faults', () => {
  it.each([
    ['/api/health', '/api/health', true],
    ['/api/*', '/api/health', true],
    ['*', '/anything', true],
    ['/b/*/o/*', '/b/bucket/o/name', true],
    ['/b/*/o', '/b/bucket/o/name', false],
    ['/api/*h', '/api/', false],
    ['/api/health', '/api/healthy', false],
  ])('%s fits %s: %s', (pattern, path, expected) => {
    const faults = new Faults();
    faults.add({ kind: 'hang', path: pattern });
    expect(faults.take('GET', path, ['hang']) !== undefined).toBe(expected);
  });

  it('happen as often as asked, after those that are spared, to the method asked for', () => {
    const faults = new Faults();
    expect(faults.add({ kind: 'reset', path: '*', method: 'post', times: 2, skip: 1 })).toEqual([]);
    const taken = ['GET', 'POST', 'POST', 'POST', 'POST'].map(
      (method) => !!faults.take(method, '/', ['reset']),
    );
    expect(taken).toEqual([false, false, true, true, false]);
    expect(faults.list()).toEqual([]);
  });

  it('grow', () => {
    const faults = new Faults();
    faults.add({ kind: 'delay', path: '*', times: 3, delayMs: 5, growsByMs: 10 });
    const delays = [1, 2, 3].map(() => faults.take('GET', '/', ['delay'])?.delayMs);
    expect(delays).toEqual([5, 15, 25]);
  });

  it('are left alone by those who ask for other kinds', () => {
    const faults = new Faults();
    faults.add([{ kind: 'wrongChecksum', path: '*' }]);
    expect(faults.take('GET', '/', ['hang'])).toBeUndefined();
    expect(faults.take('GET', '/', ['wrongChecksum'])).toMatchObject({ kind: 'wrongChecksum' });
  });

  it.each([
    [7, /must be an object/],
    [{ kind: 'boom', path: '*' }, /"kind" must be one of status, hang/],
    [{ kind: 'hang' }, /"path" must be text/],
    [{ kind: 'hang', path: '*', times: 'two' }, /"times" must be a number/],
    [{ kind: 'hang', path: '*', time: 2 }, /Unknown key "time"/],
  ])('%j is refused', (asked, message) => {
    const faults = new Faults();
    expect(faults.add(asked).join(' ')).toMatch(message);
    expect(faults.list()).toEqual([]);
  });
});

describe('a request that meets a fault', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  const ask = async (fault: object) => {
    const init = { method: 'POST', body: JSON.stringify({ path: '/api/health', ...fault }) };
    expect((await fetch(`${sandbox.url}/sandbox/faults`, init)).status).toBe(200);
  };
  const health = (init: RequestInit = {}) => fetch(`${sandbox.url}/api/health`, init);

  it('is answered with the error, then as usual', async () => {
    await ask({ kind: 'status', status: 403, reason: 'quotaExceeded', message: 'Too much.' });
    const response = await health();
    expect(response.status).toBe(403);
    const error = { code: 403, message: 'Too much.', errors: [{ reason: 'quotaExceeded' }] };
    expect(await response.json()).toMatchObject({ error });
    expect((await health()).status).toBe(200);
  });

  it('is not answered', async () => {
    await ask({ kind: 'hang' });
    await expect(health({ signal: AbortSignal.timeout(100) })).rejects.toThrow('timeout');
  });

  it('is billed for the wrong bytes', async () => {
    const query = async (text: string) => {
      const body = JSON.stringify({ query: text, useLegacySql: false, useQueryCache: false });
      const url = `${sandbox.url}/bigquery/v2/projects/sandbox-project/queries`;
      return (await (await fetch(url, { method: 'POST', body })).json()) as { totalBytesBilled: string };
    };
    await query('CREATE TABLE pipeline.t AS SELECT 1 AS a');
    const { totalBytesBilled } = await query('SELECT a FROM pipeline.t');
    await ask({ kind: 'wrongBytes', factor: 7, path: '*/queries' });
    const wrong = Number((await query('SELECT a FROM pipeline.t')).totalBytesBilled);
    expect(wrong).toBe(7 * Number(totalBytesBilled));
    expect(wrong).toBeGreaterThan(0);
    expect(await query('SELECT a FROM pipeline.t')).toMatchObject({ totalBytesBilled });
  });

  it('is answered later', async () => {
    await ask({ kind: 'delay', delayMs: 80 });
    const beforeMs = performance.now();
    expect((await health()).status).toBe(200);
    expect(performance.now() - beforeMs).toBeGreaterThanOrEqual(75);
  });

  it.each(['reset', 'resetMidUpload'])('is cut: %s', async (kind) => {
    await ask({ kind });
    await expect(health({ method: 'POST', body: 'x'.repeat(1_000_000) })).rejects.toThrow('fetch failed');
  });

  it('is told of, and forgotten', async () => {
    await ask({ kind: 'hang' });
    const listed = await fetch(`${sandbox.url}/sandbox/faults`);
    expect(await listed.json()).toMatchObject({ faults: [{ kind: 'hang', path: '/api/health', times: 1 }] });
    await fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' });
    expect((await health()).status).toBe(200);
  });

  it.each(['GET', 'DELETE'])('is refused with a parameter that nobody heeds: %s', async (method) => {
    const response = await fetch(`${sandbox.url}/sandbox/faults?foo=1`, { method });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('foo');
  });

  it('is refused if it asks for nonsense', async () => {
    const response = await fetch(`${sandbox.url}/sandbox/faults`, { method: 'POST', body: 'nonsense' });
    expect(response.status).toBe(400);
  });
});
