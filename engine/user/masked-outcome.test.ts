import { describe, expect, it } from 'vitest';
import { outcome } from './test-support/stage.ts';
import { maskedMeasured } from './masked-outcome.ts';

const value = { object: 'a/q~7 ü.csv', parameters: { key: 'q~7', rows: 25 }, query: 'SELECT "q~7"' };
const shown = { object: 'a/*** ü.csv', parameters: { key: '***', rows: 25 }, query: 'SELECT "***"' };

function masked(given: Parameters<typeof outcome>[0]) {
  const times = { startEpochMs: 0, elapsedMs: 0, latencyMs: 0, connectMs: 0, parts: [] };
  return maskedMeasured({ outcome: outcome(given), ...times }, { value, shown }).outcome;
}

describe('what is shown of a sampler that knows nothing of secrets', () => {
  it('a request', () => {
    const request = {
      method: 'POST',
      url: `http://h/o/${encodeURIComponent(value.object)}?key=q~7`,
      headers: [['x-name', 'q~7']] as const,
      body: JSON.stringify({
        query: value.query,
        queryParameters: [{ parameterValue: { value: 'q~7' } }],
        rows: 25,
      }),
    };
    const { shown: told, ...rest } = masked({ request, url: request.url });
    expect(told).toMatchObject({
      url: 'http://h/o/a%2F***%20%C3%BC.csv?key=***',
      request: {
        url: 'http://h/o/a%2F***%20%C3%BC.csv?key=***',
        headers: [['x-name', '***']],
        body: '{"query":"SELECT \\"***\\"","queryParameters":[{"parameterValue":{"value":"***"}}],"rows":25}',
      },
    });
    // Elements go on to read what was sent.
    expect(rest.request).toBe(request);
  });

  it.each([
    ['no object a/q~7 ü.csv', 'no object a/*** ü.csv'],
    ['No such object: b/a%2Fq~7%20%C3%BC.csv', 'No such object: b/a%2F***%20%C3%BC.csv'],
    ['Syntax error at "SELECT \\"q~7\\""', 'Syntax error at "SELECT \\"***\\""'],
    ['25 rows of 127.0.0.1', '25 rows of 127.0.0.1'],
  ])('%s', (text, expected) => {
    const {
      failure,
      explanation,
      shown: told,
    } = masked({ ok: false, message: text, failure: text, explanation: text });
    expect([failure, explanation, told?.message]).toEqual([expected, expected, expected]);
  });
});
