import { sampleOf } from '../../engine/metrics/test-support/samples.ts';
import type { Sample, SampleDetail } from '../../engine/model/sample.ts';

/** A POST that was answered in JSON, with a secret and a cookie in each; changed as wanted. */
export function detailOf(changes: Partial<SampleDetail> = {}): SampleDetail {
  const body = changes.body ?? Buffer.from('{"error":"no s3cret"}');
  return {
    request: {
      method: 'POST',
      url: 'http://127.0.0.1/issues?key=s3cret',
      headers: [
        ['accept', '*/*'],
        ['authorization', 'Bearer abc'],
        ['cookie', 'a=b'],
      ],
      body: '{"password":"s3cret"}',
    },
    requestIsCut: false,
    headers: [
      ['content-type', 'application/json'],
      ['set-cookie', 'a=b'],
    ],
    body,
    bodyBytes: body.length,
    ...changes,
  };
}

export function failedOf(changes: Partial<Sample> = {}): Sample {
  return sampleOf({
    ok: false,
    code: '503',
    message: 'Service Unavailable',
    failure: 'expected status 200, found 503',
    detail: detailOf(),
    ...changes,
  });
}
