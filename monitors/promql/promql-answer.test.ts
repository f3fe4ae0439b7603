import { describe, expect, it } from 'vitest';
import { promqlRefusal, promqlValue } from './promql-answer.ts';

/** Answers as Prometheus 2.53 writes them. */
const success = (resultType: string, result: string) =>
  `{"status":"success","data":{"resultType":"${resultType}","result":${result}}}`;

describe('an answer of Prometheus', () => {
  it.each([
    [success('scalar', '[1700000000.123,"42.5"]'), 42.5],
    [success('vector', '[{"metric":{"job":"api"},"value":[1700000000.1,"0"]}]'), 0],
    [success('vector', '[{"metric":{},"value":[1700000000.1,"-1e-3"]}]'), -0.001],
  ])('with one number (%s) is that', (text, value) => {
    expect(promqlRefusal(200, text)).toBeNull();
    expect(promqlValue(text)).toBe(value);
  });

  it.each([
    [success('vector', '[]'), 'the query gives no series'],
    [
      success('vector', '[{"metric":{},"value":[1,"1"]},{"metric":{},"value":[1,"2"]}]'),
      'the query gives 2 series; a monitor takes one number. Write sum(…) or max(…)',
    ],
    [success('matrix', '[{"metric":{},"values":[[1,"1"]]}]'), 'the query gives a range vector'],
    [success('vector', '[{"metric":{},"histogram":[1,{"count":"5"}]}]'), 'the query gives a histogram'],
    [success('string', '[1,"hello"]'), 'expected a scalar or a vector, found "string"'],
    [success('scalar', '[1,"NaN"]'), 'the value is NaN, which is no number'],
    [success('scalar', '[1,"+Inf"]'), 'the value is +Inf, which is no number'],
    [success('scalar', '[1,""]'), 'which is no number'],
    [success('scalar', 'null'), 'the value is null'],
    ['{"status":"success"}', 'expected a scalar or a vector'],
  ])('with another thing (%s) says what it is', (text, message) => {
    expect(() => promqlValue(text)).toThrow(message);
  });

  it.each([
    [
      400,
      '{"status":"error","errorType":"bad_data","error":"invalid parameter \\"query\\": 1:5: parse error: unexpected end"}',
      true,
      'bad_data: invalid parameter "query": 1:5: parse error: unexpected end',
    ],
    [
      422,
      '{"status":"error","errorType":"execution","error":"many-to-many matching not allowed"}',
      false,
      'execution: many-to-many',
    ],
    [
      503,
      '{"status":"error","errorType":"timeout","error":"query timed out"}',
      false,
      'timeout: query timed',
    ],
    [401, 'Unauthorized', false, 'HTTP 401: it asks for credentials. Send them under headers:'],
    [502, '<html>\n <h1>Bad\n Gateway</h1>', false, 'HTTP 502: <html> <h1>Bad Gateway</h1>'],
    [500, '', false, 'HTTP 500: no text'],
    [
      200,
      '<html>Log in</html>',
      false,
      'expected an answer of the Prometheus query API, found "<html>Log in',
    ],
    [200, 'null', false, 'expected an answer of the Prometheus query API, found "null"'],
    [500, 'x'.repeat(9999), false, `HTTP 500: ${'x'.repeat(199)}…`],
  ])('of status %d, %s, is a refusal', (status, text, isOfQuery, message) => {
    const refusal = promqlRefusal(status, text);
    expect(refusal?.isOfQuery).toBe(isOfQuery);
    expect(refusal?.message).toContain(message);
  });
});
