import { describe, expect, it } from 'vitest';
import { client } from '../test-support/client.ts';
import { firstId } from '../test-support/first-id.ts';
import { routes } from './routes.ts';

describe('the REST API', () => {
  const heeding = routes.filter(({ query }) => query !== 'any');

  it.each(heeding.map(({ method, path }) => [method, path]))(
    'refuses parameters of %s %s that it does not know',
    async (method, path) => {
      const { call } = await client();
      const answer = await call(method, `${path.replace(':object', 'default')}?nonsense=1`);
      expect(answer.status).toBe(400);
      expect(answer.body.error.message).toContain('The parameter "nonsense" is unknown here');
    },
  );

  const withBody = routes.filter(({ method, fields }) => method !== 'GET' && fields !== 'any');

  it.each(withBody.map(({ method, path, kind }) => ({ method, path, kind })))(
    'refuses fields of $method $path that it does not know',
    async ({ method, path, kind }) => {
      const made = await client();
      const id = method === 'PUT' && kind ? await firstId(made, kind) : 'x';
      const answer = await made.call(method, path.replace(':id', id), { nonsense: 1 });
      expect(answer.status).toBe(400);
      expect(answer.body.error.message).toContain('The field "nonsense" is unknown here');
    },
  );

  it('takes a thing as it was read, and refuses to change its ids and times', async () => {
    const { call } = await client();
    for (const path of ['/sources', '/pipelines', '/healing/issues', '/monitoring/alerts', '/users']) {
      const { data } = (await call('GET', path)).body;
      const [thing] = data.items;
      expect(await call('PUT', `${path}/${thing!.id}`, thing)).toMatchObject({ status: 200 });
      for (const field of ['id', 'created_at']) {
        const { status, body } = await call('PUT', `${path}/${thing!.id}`, { [field]: 'other' });
        expect([status, body.error.message]).toEqual([400, `The field "${field}" cannot be changed.`]);
      }
    }
  });

  it.each([
    ['POST', '/users', { username: 'a', email: 'a@example.com', active: 'yes' }, '"active" must be boolean'],
    ['POST', '/pipelines', { name: 'a', source_id: 7 }, '"source_id" must be text'],
    ['POST', '/healing/inject', { issue_type: 'outliers', table: ['a'] }, '"table" must be text'],
    ['POST', '/healing/detect', { issue_type: 'timeout', pipeline_id: {} }, '"pipeline_id" must be text'],
    ['POST', '/healing/execute', { action_id: null }, '"action_id" must be text'],
    ['POST', '/healing/feedback', { rating: '5' }, '"rating" must be number'],
    [
      'POST',
      '/quality/validate',
      { dataset: 'inventory', rule_ids: [1] },
      '"rule_ids" must be list of texts',
    ],
    ['PUT', '/healing/config', { autonomous_mode: 'bold' }, '"autonomous_mode" must be one of manual'],
    ['PUT', '/config/system', { notification_channels: 'email' }, '"notification_channels" must be list of'],
  ])('%s %s refuses %j by its type', async (method, path, body, message) => {
    const answer = await (await client()).call(method, path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(message);
  });

  it.each([
    ['/users?role=admin&role=user', 'The parameter "role" is there 2 times'],
    ['/users?page=2&offset=5', 'Only one of "page", "offset" can be heeded'],
    ['/users?limit=2&page_size=5', 'Only one of "page_size", "limit" can be heeded'],
    ['/healing/statistics?timeRange=1d&time_range=7d', 'Only one of "timeRange", "time_range"'],
  ])('refuses %s, of which it would heed a part', async (path, message) => {
    const answer = await (await client()).call('GET', path);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(message);
  });

  it('gives back what it was asked with', async () => {
    const { body } = await (await client()).call('GET', '/echo?a=1&b=two');
    expect(body).toEqual({ status: 'success', query: { a: '1', b: 'two' }, body: {} });
  });

  it.each([
    ['/auth/login', { username: 'user_1', password: 'password_1', scope: 'all' }, 'scope'],
    ['/sources/test', { type: 'API', timeout: 5 }, 'timeout'],
    ['/optimization/queries/x/analyze', { deep: true }, 'deep'],
  ])('refuses fields of %s that it would pass over: %j', async (path, body, field) => {
    const { call } = await client();
    const answer = await call('POST', path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(`The field "${field}" is unknown here`);
  });

  it.each(['true', 'True', 'TRUE', '1'])('takes %s for true', async (text) => {
    const { call } = await client();
    const { metadata } = (await call('GET', '/users?active=true&limit=100')).body;
    expect((await call('GET', `/users?active=${text}&limit=100`)).body.metadata).toEqual(metadata);
    expect((await call('GET', `/healing/executions?successful_only=${text}`)).status).toBe(200);
  });
});
