import { describe, expect, it } from 'vitest';
import { client } from '../test-support/client.ts';

const dayMs = 24 * 3_600_000;

describe('a resource', () => {
  it('is read back as it was created, under both of its ids', async () => {
    const { call } = await client();
    const { body } = await call('POST', '/sources', { name: 'orders', type: 'API', description: 'kept' });
    expect(body.data.id).toBe(body.data.source_id);
    const read = await call('GET', `/ingestion/source-systems/${body.data.source_id}`);
    expect(read.body.data).toMatchObject({
      name: 'orders',
      type: 'API',
      description: 'kept',
      status: 'active',
    });
  });

  it('keeps what a PUT does not name', async () => {
    const { call, advance } = await client();
    const { data } = (await call('POST', '/users', { username: 'ada', email: 'ada@example.com' })).body;
    advance(1000);
    const changed = (await call('PUT', `/users/${data.id}`, { ...data, role: 'admin' })).body.data;
    expect(changed).toEqual({ ...data, role: 'admin', updated_at: '2026-01-01T00:00:01.000Z' });
    expect((await call('GET', `/users/${data.id}`)).body.data).toEqual(changed);
  });

  it('is gone once deleted', async () => {
    const { call } = await client();
    const { data } = (await call('GET', '/healing/patterns')).body;
    const path = `/healing/patterns/${data.items[0]!.id}`;
    expect((await call('DELETE', path)).status).toBe(204);
    expect((await call('GET', path)).status).toBe(404);
    expect((await call('DELETE', path)).status).toBe(404);
  });
});

describe('a list', () => {
  it.each(['page=3&page_size=7', 'page=3&size=7', 'offset=14&limit=7', 'page=3&pageSize=7'])(
    'cut by %s has the same seven items',
    async (query) => {
      const { call } = await client();
      const whole = (await call('GET', '/quality/rules?limit=100')).body.data.items;
      const { body } = await call('GET', `/quality/rules?${query}`);
      expect(body.data.items).toEqual(whole.slice(14, 21));
      expect(body.metadata).toEqual({ page: 3, page_size: 7, total_items: 30, total_pages: 5 });
    },
  );

  it('is empty beyond its last page', async () => {
    const { body } = await (await client()).call('GET', '/users?page=99');
    expect(body.data.items).toEqual([]);
    expect(body.metadata.total_items).toBe(30);
  });

  it.each([
    ['/sources', 'type', 'API'],
    ['/pipelines', 'status', 'paused'],
    ['/executions', 'status', 'failed'],
    ['/users', 'active', 'false'],
    ['/quality/validations', 'status', 'passed'],
    ['/quality/issues', 'is_resolved', 'true'],
    ['/healing/issues', 'status', 'open'],
    ['/monitoring/alerts', 'severity', 'critical'],
    ['/optimization/recommendations', 'type', 'schema'],
  ])('%s is filtered by %s=%s, and only by it', async (path, field, value) => {
    const { call } = await client();
    const all = (await call('GET', `${path}?limit=100`)).body.data.items;
    const wanted = all.filter((item) => String(item[field]) === value);
    const { body } = await call('GET', `${path}?limit=100&${field}=${value}`);
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.length).toBeLessThan(all.length);
    expect(body.data.items).toEqual(wanted);
    expect(body.metadata.total_items).toBe(wanted.length);
  });

  it('is cut by time of creation', async () => {
    const { call } = await client();
    const start = new Date(Date.UTC(2026, 0, 1) - 7 * dayMs).toISOString();
    const recent = (await call('GET', `/healing/executions?limit=100&start=${start}`)).body.metadata
      .total_items;
    const older = (await call('GET', `/healing/executions?limit=100&end=${start}`)).body.metadata.total_items;
    expect(recent).toBeGreaterThan(0);
    expect(older).toBeGreaterThan(0);
    expect(recent + older).toBe(30);
  });

  it('shows only the true ones when a flag is set', async () => {
    const { call } = await client();
    const { items } = (await call('GET', '/healing/executions?limit=100&successful_only=true')).body.data;
    expect(new Set(items.map((item) => item.successful))).toEqual(new Set([true]));
    expect(items.length).toBeLessThan(30);
  });
});
