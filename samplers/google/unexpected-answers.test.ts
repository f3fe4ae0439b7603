import { jsonIn } from '../../engine/model/json.ts';
import { describe, expect, it } from 'vitest';
import { expectedOf } from '../bigquery/expected-answer.ts';
import { checkContent, checkSuccess } from '../gcs/expected-answer.ts';
import { checkAnswer } from './unexpected-answer.ts';

const wrong = [
  'null',
  '[]',
  '"x"',
  '',
  '<html>Log in</html>',
  'not json',
  '{"jobReference":{"jobI',
  '{"jobReference":5}',
];
const answer = (text: string) => ({ status: 200, contentType: 'text/html', text, json: jsonIn(text) });

describe('a success that is not what BigQuery was asked for', () => {
  const requests = [
    ['POST', '/bigquery/v2/projects/p/queries'],
    ['GET', '/bigquery/v2/projects/p/queries/j'],
    ['POST', '/bigquery/v2/projects/p/jobs'],
    ['POST', '/upload/bigquery/v2/projects/p/jobs'],
    ['GET', '/bigquery/v2/projects/p/jobs/j'],
    ['POST', '/bigquery/v2/projects/p/datasets'],
    ['POST', '/bigquery/v2/projects/p/datasets/d/tables'],
  ] as const;
  it.each(
    requests.flatMap(([method, path]) => [...wrong, '{}'].map((text) => [method, path, text] as const)),
  )('%s %s: %s', (method, path, text) => {
    expect(() => checkAnswer(answer(text), expectedOf(method, path))).toThrow(
      /^answer\.unexpected: expected .*, found .*\(status 200, text\/html\)$/,
    );
  });

  it('a job is taken without a status, as the emulator answers an upload', () => {
    const job = '{"configuration":{"load":{}},"jobReference":{"jobId":"j"}}';
    const path = '/upload/bigquery/v2/projects/p/jobs';
    expect(() => checkAnswer(answer(job), expectedOf('POST', path))).not.toThrow();
  });

  it.each([...wrong, '{"ok":true}', '{"error":"log in"}'])('an insert of rows: %s', (text) => {
    const path = '/bigquery/v2/projects/p/datasets/d/tables/t/insertAll';
    expect(() => checkAnswer(answer(text), expectedOf('POST', path))).toThrow('what became of the rows');
  });

  it.each(['{}', '{"kind":"bigquery#tableDataInsertAllResponse"}', '{"insertErrors":[]}'])(
    'an insert of rows is answered by %s',
    (text) => {
      const path = '/bigquery/v2/projects/p/datasets/d/tables/t/insertAll';
      expect(() => checkAnswer(answer(text), expectedOf('POST', path))).not.toThrow();
    },
  );
});

describe('a success that is not what Cloud Storage was asked for', () => {
  const requests = [
    ['GET', 'http://x/storage/v1/b/b/o'],
    ['GET', 'http://x/storage/v1/b/b/o/a'],
    ['POST', 'http://x/storage/v1/b'],
    ['POST', 'http://x/storage/v1/b/b/o/a/compose'],
    ['POST', 'http://x/upload/storage/v1/b/b/o?uploadType=media&name=a'],
    ['PUT', 'http://x/upload/storage/v1/b/b/o?upload_id=1'],
  ] as const;
  it.each(requests.flatMap(([method, url]) => [...wrong, '{}'].map((text) => [method, url, text] as const)))(
    '%s %s: %s',
    (method, url, text) => {
      expect(() => checkSuccess({ method, url }, answer(text))).toThrow(/^answer\.unexpected: /);
    },
  );

  it('a deletion is answered by nothing, by an object, or by null', () => {
    const request = { method: 'DELETE', url: 'http://x/storage/v1/b/b/o/a' };
    expect(() => checkSuccess(request, answer('<html>'))).toThrow('expected no content');
    expect(() => checkSuccess(request, answer(''))).not.toThrow();
    expect(() => checkSuccess(request, answer('{}'))).not.toThrow();
    expect(() => checkSuccess(request, answer('null\n'))).not.toThrow();
  });

  it('content comes with headers of the service', () => {
    expect(() => checkContent(200, { 'content-type': 'text/html' }, '<html>Log in')).toThrow(
      'answer.unexpected: expected the content of an object (x-goog- headers), found "<html>Log in" (status 200, text/html)',
    );
    expect(() => checkContent(200, {}, '')).toThrow('found nothing (status 200, no content type)');
    expect(() =>
      checkContent(200, { 'content-type': 'text/html', 'x-goog-generation': '1' }, '<p>'),
    ).not.toThrow();
  });
});
