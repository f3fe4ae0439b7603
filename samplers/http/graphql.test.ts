import { describe, expect, it } from 'vitest';
import { graphqlBody, graphqlFailure, graphqlQuery } from './graphql.ts';
import { run } from './test-support/perform.ts';
import { ok, textServer } from './test-support/servers.ts';

const plain = { query: 'query One($id: ID!) {\n  issue(id: $id) { status }\n}', failOnErrors: false };
const full = { ...plain, variables: '{"id":"é"}', operationName: 'One' };

describe('a GraphQL operation', () => {
  it('is written as JMeter writes it', () => {
    expect(graphqlBody(plain)).toBe(
      '{"operationName":null,"query":"query One($id: ID!) {\\n  issue(id: $id) { status }\\n}"}',
    );
    expect(JSON.parse(graphqlBody(full))).toEqual({
      operationName: 'One',
      variables: { id: 'é' },
      query: plain.query,
    });
    expect(Object.fromEntries(new URLSearchParams(graphqlQuery(full)))).toEqual({
      query: plain.query,
      variables: '{"id":"é"}',
      operationName: 'One',
    });
    expect(graphqlQuery(plain)).toMatch(/^query=[^&]*$/);
  });

  it('goes into the body as JSON, and with GET into the query', async () => {
    const server = await textServer(ok('{"data":{}}'));
    const { get } = run();
    await get({ method: 'POST', baseUrl: server.url, path: '/graphql', graphql: full });
    expect(server.received()).toContain('content-type: application/json\r\n');
    expect(server.received()).toContain(`\r\n\r\n${Buffer.from(graphqlBody(full)).toString('latin1')}`);
    const before = server.received().length;
    const outcome = await get({ baseUrl: server.url, path: '/graphql', query: 'a=1', graphql: full });
    expect(server.received().slice(before)).toMatch(
      /^GET \/graphql\?a=1&query=query%20One\S+&operationName=One HTTP/,
    );
    expect(outcome.bytesSent).toBe(server.bytesReceived() - before);
  });

  it.each([
    ['{"data":{}}', null],
    ['{"data":{},"errors":[]}', null],
    ['{"errors":[{"message":"no such field"}]}', 'graphql: no such field'],
    ['{"errors":[{"message":"a"},{"message":"b"}]}', 'graphql: a (and 1 more)'],
    ['{"errors":["odd"]}', 'graphql: odd'],
    ['{"errors":[{"code":1}]}', 'graphql: {"code":1}'],
    ['{"errors":[{"message":"é"}]}', 'graphql: é'],
    ['null', null],
    ['<html>', 'graphql: the answer is not JSON.'],
  ])('that is answered by %s fails with %s, if errors are to fail it', async (answer, failure) => {
    expect(graphqlFailure({ body: Buffer.from(answer) })).toBe(failure);
    const wide = Buffer.from(answer, 'utf16le');
    expect(graphqlFailure({ body: wide, contentType: 'application/json; charset=utf-16le' })).toBe(failure);
    const body = Buffer.from(answer).toString('latin1');
    const server = await textServer(ok(body));
    const { get } = run();
    const graphql = { ...full, failOnErrors: true };
    const outcome = await get({ method: 'POST', baseUrl: server.url, graphql });
    expect([outcome.ok, outcome.failure]).toEqual([failure === null, failure ?? undefined]);
    expect((await get({ method: 'POST', baseUrl: server.url, graphql: full })).ok).toBe(true);
  });

  it('that fails otherwise keeps its own failure', async () => {
    const server = await textServer('HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n');
    const graphql = { ...full, failOnErrors: true };
    const outcome = await run().get({ method: 'POST', baseUrl: server.url, graphql });
    expect(outcome).toMatchObject({ ok: false, code: '500' });
    expect(outcome.failure).toBeUndefined();
  });
});
