import { randomUUID } from 'node:crypto';
import type { Json } from '../../engine/model/json.ts';
import type { Operation } from './operation.ts';
import type { ClientRequest } from './transport.ts';

/** Content, made anew for each time that it is sent. */
export type Pieces = () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Makes a load job and sends what it is to load with it: one request of two parts, the job as JSON and the data
 * (`uploadType=multipart`, cloud.google.com/bigquery/docs/reference/api-uploads). Gives the job.
 */
export function upload({ client, config }: Operation, job: object, content: Pieces): Promise<unknown> {
  const boundary = randomUUID();
  const official = client();
  const origin = official.baseUrl.replace(/\/bigquery\/v2$/, '');
  const request: ClientRequest = {
    method: 'POST',
    uri: `${origin}/upload/bigquery/v2/projects/${config.project ?? ''}/jobs`,
    qs: { uploadType: 'multipart' },
    headers: { 'content-type': `multipart/related; boundary=${boundary}` },
    content: () => parts(boundary, job, content),
  };
  return new Promise((resolve, reject) => {
    official.request({ ...request }, (error: Error | null, answer?: Json) => {
      if (error === null) resolve(answer);
      else reject(error);
    });
  });
}

async function* parts(boundary: string, job: object, content: Pieces): AsyncGenerator<Uint8Array> {
  const part = (type: string) => `--${boundary}\r\nContent-Type: ${type}\r\n\r\n`;
  yield Buffer.from(
    `${part('application/json')}${JSON.stringify(job)}\r\n${part('application/octet-stream')}`,
  );
  yield* content();
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}
