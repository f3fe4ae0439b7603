import { describe, expect, it } from 'vitest';
import { client } from './test-support/client.ts';

const admin = { username: 'test_admin', password: 'test_password' };

describe('tokens', () => {
  it.each([
    ['test_admin', 'test_password', 200],
    ['test_user', 'test_password', 200],
    ['user_1234', 'password_1234', 200],
    ['user_1234', 'password_4321', 401],
    ['test_admin', 'guess', 401],
    ['nobody', 'test_password', 401],
  ])('%s with %s is answered %i', async (username, password, status) => {
    const { call } = await client();
    expect((await call('POST', '/auth/login', { username, password }, '')).status).toBe(status);
  });

  it('a wrong token is refused', async () => {
    const { call } = await client();
    const reply = await call('GET', '/users', undefined, 'access.1.wrong');
    expect(reply.status).toBe(401);
    expect(reply.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('with auth: optional a missing token is accepted and a wrong one is not', async () => {
    const { call } = await client({ auth: 'optional' });
    expect((await call('GET', '/users', undefined, '')).status).toBe(200);
    expect((await call('GET', '/users', undefined, 'wrong')).status).toBe(401);
  });

  it('a logout ends the session, for both of its tokens', async () => {
    const { call } = await client();
    const { body } = await call('POST', '/auth/login', admin, '');
    expect((await call('POST', '/auth/logout', undefined, body.access_token)).status).toBe(200);
    expect((await call('GET', '/users', undefined, body.access_token)).status).toBe(401);
    expect((await call('POST', '/auth/refresh', { refresh_token: body.refresh_token })).status).toBe(401);
  });

  it('a refresh gives a new pair and ends the old one', async () => {
    const { call } = await client();
    const { body: old } = await call('POST', '/auth/login', admin, '');
    const { body: fresh } = await call('POST', '/auth/refresh', { refresh_token: old.refresh_token }, '');
    expect((await call('GET', '/users', undefined, fresh.access_token)).status).toBe(200);
    expect((await call('GET', '/users', undefined, old.access_token)).status).toBe(401);
    expect((await call('POST', '/auth/refresh', { refresh_token: old.refresh_token })).status).toBe(401);
  });

  it('an access token does not refresh and a refresh token does not open', async () => {
    const { call } = await client();
    const { body } = await call('POST', '/auth/login', admin, '');
    expect((await call('POST', '/auth/refresh', { refresh_token: body.access_token })).status).toBe(401);
    expect((await call('GET', '/users', undefined, body.refresh_token)).status).toBe(401);
  });
});

describe('the records of a source', () => {
  it('are always the same 10,000, page by page', async () => {
    const { call } = await client();
    const { body } = await call('POST', '/sources', { name: 'feed', type: 'API' });
    const page = async (number: number) =>
      (await call('GET', `/sources/${body.data.id}/records?limit=100&page=${number}`)).body;
    const last = await page(100);
    expect(last.metadata).toMatchObject({ total_items: 10_000, total_pages: 100 });
    expect(last.data.items.at(-1)).toMatchObject({ id: 10_000, source_id: body.data.id });
    expect(await page(100)).toEqual(last);
    expect((await page(101)).data.items).toEqual([]);
  });
});

describe('wrong input', () => {
  it.each([
    ['POST', '/sources', { type: 'FTP' }, /"name" is required; "type" must be one of GCS, .*got "FTP"/],
    ['POST', '/sources', '[1]', /must be a JSON object/],
    ['POST', '/sources', '{"name"', /not JSON/],
    ['PUT', '/config/system', {}, /at least one field/],
    ['PUT', '/config/system', { max_retries: 'many' }, /"max_retries" must be number, got "many"/],
    ['GET', '/users?page=0', undefined, /"page" must be a whole number of at least 1, got "0"/],
    ['GET', '/users?size=101', undefined, /"size" must be a whole number from 1 to 100, got "101"/],
    ['GET', '/users?page=%24%7Bpage%7D', undefined, /"page" must .* got "\$\{page\}"/],
    ['GET', '/healing/executions?successful_only=yes', undefined, /must be true or false/],
    ['GET', '/healing/executions?start=yesterday', undefined, /must be an ISO 8601 time/],
    ['GET', '/healing/statistics?timeRange=soon', undefined, /"timeRange" must be like/],
    ['GET', '/quality/score', undefined, /"dataset" is required/],
    ['GET', '/quality/trend?dataset=inventory&interval=yearly', undefined, /"interval" must be daily/],
  ])('%s %s %j is answered 400, which says why', async (method, path, body, message) => {
    const reply = await (await client()).call(method, path, body);
    expect(reply).toMatchObject({ status: 400, body: { status: 'error', error: { code: 'bad_request' } } });
    expect(reply.body.error.message).toMatch(message);
  });

  it.each([
    ['POST', '/pipelines', { name: 'a', source_id: 'unknown' }],
    ['POST', '/healing/execute', { action_id: '${actionId}' }],
    ['GET', '/quality/score?dataset=inventory&table=customers', undefined],
    ['GET', '/nowhere', undefined],
  ])('%s %s %j is answered 404', async (method, path, body) => {
    const reply = await (await client()).call(method, path, body);
    expect(reply).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
  });

  it('a known path with another method is answered 405, with those it allows', async () => {
    const reply = await (await client()).call('DELETE', '/auth/token');
    expect(reply.status).toBe(405);
    expect(reply.headers.get('allow')).toBe('POST');
  });

  it('a body beyond 64 KiB is answered 413', async () => {
    const { call } = await client();
    const body = { name: 'x'.repeat(70_000), type: 'GCS' };
    expect((await call('POST', '/sources', body)).status).toBe(413);
  });
});

describe('settable errors and delay', () => {
  const statuses = async (errorRatio: number, seed: number, path = '/users/none') => {
    const { call } = await client({ errorRatio, seed });
    const replies = Array.from({ length: 300 }, () => call('GET', path));
    return (await Promise.all(replies)).map(({ status }) => status);
  };

  it('the asked share of requests is answered 503', async () => {
    const failed = (await statuses(0.2, 1)).filter((status) => status === 503).length;
    expect(failed).toBeGreaterThan(35);
    expect(failed).toBeLessThan(85);
  });

  it('the same seed fails the same requests, another seed fails others', async () => {
    expect(await statuses(0.5, 7)).toEqual(await statuses(0.5, 7));
    expect(await statuses(0.5, 7)).not.toEqual(await statuses(0.5, 8));
  });

  it('logging in and health are spared', async () => {
    expect(new Set(await statuses(1, 1, '/health'))).toEqual(new Set([200]));
    expect(new Set(await statuses(1, 1))).toEqual(new Set([503]));
  });

  it('every answer waits for the latency', async () => {
    const { call } = await client({ latencyMs: 60 });
    const beforeMs = performance.now();
    await call('GET', '/health');
    expect(performance.now() - beforeMs).toBeGreaterThanOrEqual(55);
  });
});
