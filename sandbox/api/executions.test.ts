import { describe, expect, it } from 'vitest';
import { client } from '../test-support/client.ts';
import type { Client } from '../test-support/client.ts';

async function execute({ call }: Client) {
  const pipeline = (await call('GET', '/pipelines?limit=1&status=active')).body.data.items[0]!.pipeline_id;
  const reply = await call('POST', `/pipelines/${pipeline}/execute`, { parameters: { param1: 'a' } });
  return { pipeline, id: reply.body.data.id, first: reply.body.data };
}

describe('an execution', () => {
  it('runs, then is completed with all its records', async () => {
    const made = await client({ executionMs: 1000 });
    const { id, first } = await execute(made);
    expect(first).toMatchObject({ status: 'running', records_processed: 0, completed_at: null });
    made.advance(500);
    const half = (await made.call('GET', `/executions/${id}`)).body.data;
    expect(half.status).toBe('running');
    expect(half.records_processed).toBeGreaterThan(0);
    made.advance(1500);
    const { data } = (await made.call('GET', `/ingestion/executions/${id}`)).body;
    expect(data.status).toBe('completed');
    expect(data.records_processed).toBe(data.records_total);
    expect(data.records_processed).toBeGreaterThan(half.records_processed);
  });

  it('is listed under its pipeline and not under another', async () => {
    const made = await client();
    const { id, pipeline } = await execute(made);
    const listed = (await made.call('GET', `/pipelines/${pipeline}/executions?limit=100`)).body.data.items;
    expect(listed.map((item) => item.id)).toContain(id);
    expect(new Set(listed.map((item) => item.pipeline_id))).toEqual(new Set([pipeline]));
  });

  it('can be cancelled once, while it runs, and keeps the records it had done', async () => {
    const made = await client();
    const { id } = await execute(made);
    made.advance(500);
    const cancelled = await made.call('POST', `/executions/${id}/cancel`);
    expect(cancelled).toMatchObject({ status: 200, body: { data: { status: 'cancelled' } } });
    made.advance(5000);
    const { data } = (await made.call('GET', `/executions/${id}`)).body;
    expect(data.records_processed).toBe(cancelled.body.data.records_processed);
    expect(data.records_processed).toBeLessThan(data.records_total);
    expect((await made.call('POST', `/executions/${id}/cancel`)).status).toBe(409);
  });

  it('can be retried only when it has ended', async () => {
    const made = await client();
    const { id, pipeline } = await execute(made);
    expect((await made.call('POST', `/executions/${id}/retry`)).status).toBe(409);
    made.advance(2000);
    const again = await made.call('POST', `/executions/${id}/retry`, { retry_id: 'r' });
    expect(again.status).toBe(202);
    expect(again.body.data).toMatchObject({
      pipeline_id: pipeline,
      retry_of: id,
      parameters: { param1: 'a' },
    });
    expect(again.body.data.execution_id).not.toBe(id);
  });

  it.each([
    [0, ['running', 'pending', 'pending', 'pending']],
    [2000, ['completed', 'completed', 'completed', 'completed']],
  ])('after %i ms its tasks are %j', async (ms, statuses) => {
    const made = await client();
    const { id } = await execute(made);
    made.advance(ms);
    const { items } = (await made.call('GET', `/executions/${id}/tasks`)).body.data;
    expect(items.map((task) => task.status)).toEqual(statuses);
  });
});
