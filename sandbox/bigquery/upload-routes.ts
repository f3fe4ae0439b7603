import { randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import type { Context } from 'hono';
import type { JsonObject } from '../json.ts';
import { understood } from '../known.ts';
import { boundaryOf, splitMultipart } from '../storage/multipart.ts';
import { handler, parsed } from './exchange.ts';
import type { Answer, World } from './exchange.ts';
import { insertJob } from './insert-job.ts';
import { jobBody, uploadParameters } from './known-fields.ts';
import { objectIn, textIn } from './parameters.ts';
import { invalid, notFound } from './query-error.ts';

interface Upload {
  readonly body: JsonObject;
  readonly folder: string;
  received: number;
}

/** Load jobs that bring their file: in one request (multipart) or in pieces (resumable). */
export function uploadRoutes(world: World): Hono {
  const app = new Hono();
  const uploads = new Map<string, Upload>();
  const at = '/projects/:project/jobs';
  app.post(at, async (context) => {
    if (context.req.query('uploadType') !== 'resumable') return insert(world, context);
    let location = '';
    const known = { query: uploadParameters, body: jobBody };
    const begin = handler(world, known, async ({ body, url }) => {
      const id = randomUUID();
      uploads.set(id, { body, folder: await newFolder(), received: 0 });
      const { origin, pathname } = new URL(url);
      location = `${origin}${pathname}?uploadType=resumable&upload_id=${id}`;
      return {};
    });
    const response = await begin(context);
    if (location !== '') response.headers.set('location', location);
    return response;
  });
  app.put(at, async (context) => {
    const piece = await take(uploads, context);
    if (piece instanceof Response) return piece;
    return handler(world, { query: uploadParameters }, ({ project }) => finish(world, project, piece))(
      context,
    );
  });
  return app;
}

function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'loadplan-upload-'));
}

function fileOf({ folder }: Pick<Upload, 'folder'>): string {
  return join(folder, 'rows');
}

function insert(world: World, context: Context): Promise<Response> {
  return handler(world, { query: uploadParameters }, async ({ project }) => {
    const stream = context.req.raw.body;
    if (!stream) throw invalid('The upload has no body.');
    const { metadata, content } = await splitMultipart(
      stream,
      boundaryOf(context.req.header('content-type') ?? ''),
    );
    const { value: body, problems } = understood(parsed(metadata), jobBody);
    if (problems.length > 0) throw invalid(problems.join(' '));
    const folder = await newFolder();
    await writeFile(fileOf({ folder }), content);
    return finish(world, project, { body, folder });
  })(context);
}

async function finish(
  world: World,
  project: string,
  { body, folder }: Pick<Upload, 'body' | 'folder'>,
): Promise<Answer> {
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const job = await insertJob(world, project, body, fileOf({ folder }));
    const id = textIn(objectIn(job, 'jobReference'), 'jobId') ?? '';
    void world.jobs.find(project, id).done.then(remove);
    return job;
  } catch (problem) {
    await remove();
    throw problem;
  }
}

/** Takes a piece; the upload if it is whole, else the answer that asks for more. */
async function take(uploads: Map<string, Upload>, context: Context): Promise<Upload | Response> {
  const id = context.req.query('upload_id') ?? '';
  const upload = uploads.get(id);
  if (!upload) return handlerless(notFound(`Upload ${id}`).message);
  const sent = new Uint8Array(await context.req.arrayBuffer());
  const range = context.req.header('content-range') ?? '';
  const start = Number(/^bytes (\d+)-/.exec(range)?.[1] ?? upload.received);
  if (start > upload.received)
    return handlerless(`The upload has ${upload.received} bytes, not ${start}.`, 400);
  // What is there already, and comes again after a broken connection, is left out.
  const piece = sent.subarray(upload.received - start);
  await appendFile(fileOf(upload), piece);
  upload.received += piece.length;
  const total = /\/(\d+)$/.exec(range)?.[1];
  const isPart = /^bytes (\d+-\d+|\*)\/\*$/.test(range);
  if (isPart || (total !== undefined && Number(total) > upload.received)) {
    const headers = upload.received > 0 ? { range: `bytes=0-${upload.received - 1}` } : {};
    return new Response(null, { status: 308, headers });
  }
  uploads.delete(id);
  return upload;
}

function handlerless(message: string, status = 404): Response {
  return new Response(JSON.stringify({ error: { code: status, message } }), { status });
}
