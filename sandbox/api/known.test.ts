import { describe, expect, it } from 'vitest';
import { client } from '../test-support/client.ts';
import { routes } from './routes.ts';

describe('the REST API', () => {
  const lists = routes.filter(({ method, query }) => method === 'GET' && query !== 'any');

  it.each(lists.map(({ path }) => path))('refuses parameters of %s that it does not know', async (path) => {
    const { call } = await client();
    const answer = await call('GET', `${path.replace(':object', 'default')}?nonsense=1`);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain('The parameter "nonsense" is unknown here');
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
