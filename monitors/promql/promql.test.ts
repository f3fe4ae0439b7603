import { describe, expect, it, onTestFinished } from 'vitest';
import { PrometheusStandIn } from '../../test/support/prometheus.ts';
import { environment, opened } from '../test-support/monitors.ts';
import { promql } from './promql.ts';

async function started(): Promise<PrometheusStandIn> {
  const standIn = await PrometheusStandIn.start();
  onTestFinished(() => standIn.stop());
  return standIn;
}

const badData = '{"status":"error","errorType":"bad_data","error":"1:5: parse error"}';

describe('promql', () => {
  it('asks the query API, with headers, and gives the value', async () => {
    const standIn = await started();
    standIn.answer = 12.5;
    const monitor = await opened(promql, {
      url: `${standIn.url}/prefix/`,
      query: 'sum(rate(x{a="b"}[1m]))',
      as: 'load',
      headers: { Authorization: 'Bearer t' },
    });
    expect(await monitor.read()).toEqual({ load: 12.5 });
    expect(standIn.requests[0]).toMatch(
      /^GET \/prefix\/api\/v1\/query\?query=sum%28rate%28x%7Ba%3D%22b%22%7D%5B1m%5D%29%29 HTTP\/1.1\r\n/,
    );
    expect(standIn.requests[0]).toMatch(/^authorization: Bearer t\r$/im);
  });

  it('refuses a run whose query is wrong, and only that', async () => {
    const standIn = await started();
    const config = { url: standIn.url, query: 'up{', as: 'up' };
    standIn.answer = { status: 400, text: badData };
    await expect(promql.open(config, environment)).rejects.toThrow(
      `${standIn.url} refuses the query up{: bad_data: 1:5: parse error`,
    );
    standIn.answer = { status: 401, text: 'no' };
    const monitor = await opened(promql, config);
    await expect(monitor.read()).rejects.toThrow(`${standIn.url}: HTTP 401: it asks for credentials`);
    standIn.answer = 3;
    expect(await monitor.read()).toEqual({ up: 3 });
  });

  it('says what is wrong with the connection, and has values again when it is well', async () => {
    const standIn = await started();
    const monitor = await opened(promql, { url: standIn.url, query: 'up', as: 'up', timeout: 300 });
    standIn.answer = 'silence';
    await expect(monitor.read()).rejects.toThrow(`${standIn.url}: no answer within 300 ms`);
    standIn.answer = 'reset';
    await expect(monitor.read()).rejects.toThrow(/^http:\/\/127\.0\.0\.1:\d+: .*(ECONNRESET|closed|hang up)/);
    standIn.answer = { status: 200, text: ' '.repeat(1024 * 1024 + 1) };
    await expect(monitor.read()).rejects.toThrow('the answer is larger than 1 MiB');
    standIn.answer = 5;
    expect(await monitor.read()).toEqual({ up: 5 });
    await standIn.stop();
    // The first may still meet the connection that was kept.
    await monitor.read().catch(() => undefined);
    await expect(monitor.read()).rejects.toThrow('connect ECONNREFUSED 127.0.0.1:');
  });

  it('ends its request when the run is over', async () => {
    const standIn = await started();
    const monitor = await opened(promql, { url: standIn.url, query: 'up', as: 'up', timeout: 60_000 });
    standIn.answer = 'silence';
    const reading = expect(monitor.read()).rejects.toThrow('the run is over');
    await monitor.close?.();
    await reading;
  });

  it('does not keep the start of a run waiting for a silent server', async () => {
    const standIn = await started();
    standIn.answer = 'silence';
    const startMs = performance.now();
    await opened(promql, { url: standIn.url, query: 'up', as: 'up', timeout: 100 });
    expect(performance.now() - startMs).toBeLessThan(1500);
  });

  it.each([
    [{ as: 'elapsed' }, 'the metric "elapsed" is built in'],
    [{ as: 'checks' }, 'the metric "checks" is built in'],
    [{ url: 'http://[x' }, 'expected an address such as http://prometheus:9090'],
    [{ url: 'http://ann:pw@host' }, 'write user and password as a header'],
    [{ url: 'http://host/?a=b' }, 'a query or fragment does not belong here'],
    [{ timeout: 0 }, 'expected more than 0s'],
    [{}, null],
  ])('with %j is checked before the run', (changes, message) => {
    const config = { url: 'http://host:9090', query: 'up', as: 'up', timeout: 5000, ...changes };
    const mistake = promql.check?.(config) ?? null;
    if (message === null) expect(mistake).toBeNull();
    else expect(mistake).toContain(message);
  });

  it('declares the metric that it is told to', () => {
    const config = { url: 'http://host', query: 'up', as: 'up', type: 'gauge', unit: '/s' };
    expect(promql.measures(config)).toEqual({ up: { type: 'gauge', unit: '/s', description: 'up' } });
    expect(promql.nameOf(config)).toBe('up');
  });
});
