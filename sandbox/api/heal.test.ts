import { describe, expect, it } from 'vitest';
import { client } from '../test-support/client.ts';

describe('an issue', () => {
  it('is detected, analyzed, fixed, and resolved after the set time', async () => {
    const { call, advance } = await client({ healingMs: 1500 });
    const issue = (await call('POST', '/healing/detect', { issue_type: 'performance' })).body.data;
    const path = `/healing/issues/${issue.issue_id}`;
    const statusNow = async () => (await call('GET', path)).body.data.status;
    expect(await statusNow()).toBe('open');
    expect((await call('GET', `${path}/analysis`)).status).toBe(404);

    const analysis = (await call('POST', `${path}/analyze`)).body.data;
    expect(analysis).toMatchObject({ issue_id: issue.id, root_cause: 'upstream schema change' });
    expect((await call('GET', `${path}/analysis`)).body.data).toEqual(analysis);
    expect(await statusNow()).toBe('analyzed');

    const fix = await call('POST', `${path}/fix`);
    expect(fix).toMatchObject({ status: 202, body: { data: { issue_id: issue.id, status: 'running' } } });
    expect((await call('POST', `${path}/fix`)).status).toBe(409);
    expect(await statusNow()).toBe('fixing');

    advance(1499);
    expect(await statusNow()).toBe('fixing');
    advance(1);
    expect(await statusNow()).toBe('resolved');
    const healing = (await call('GET', `/healing/executions/${fix.body.data.healing_id}`)).body.data;
    expect(healing).toMatchObject({ status: 'completed', successful: true });
    expect((await call('POST', `${path}/fix`)).status).toBe(409);
  });

  it.each(['data_quality', 'missing_values', 'outliers', 'format_errors', 'resource_exhaustion', 'timeout'])(
    'of the kind %s is injected',
    async (issue_type) => {
      const { call } = await client();
      expect(await call('POST', '/healing/inject', { issue_type })).toMatchObject({
        status: 202,
        body: { data: { issue_type, status: 'injected' } },
      });
    },
  );

  it('can be opened again by hand, and then be fixed', async () => {
    const { call } = await client();
    const resolved = (await call('GET', '/healing/issues?status=resolved')).body.data.items[0]!.id;
    expect((await call('POST', `/healing/issues/${resolved}/fix`)).status).toBe(409);
    await call('PUT', `/healing/issues/${resolved}`, { status: 'open' });
    expect((await call('POST', `/healing/issues/${resolved}/fix`)).status).toBe(202);
  });

  it('is counted under its status', async () => {
    const { call, advance } = await client();
    const counts = async () =>
      (await call('GET', '/healing/issues/statistics?timeRange=7d')).body.data.by_status;
    expect(await counts()).toEqual({ open: 30, resolved: 10 });
    const open = (await call('GET', '/healing/issues?status=open')).body.data.items[0]!.id;
    await call('POST', `/healing/issues/${open}/fix`);
    expect(await counts()).toEqual({ fixing: 1, open: 29, resolved: 10 });
    advance(1500);
    expect(await counts()).toEqual({ open: 29, resolved: 11 });
  });
});
