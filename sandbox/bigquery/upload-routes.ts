import { randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import type { Context } from 'hono';
import type { JsonObject } from '../json.ts';
import { boundaryOf, splitMultipart } from '../storage/multipart.ts';
import { bodyOf, handler, param, parsed } from './exchange.ts';
import type { Answer, World } from './exchange.ts';
import { insertJob } from './job-routes.ts';
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
  const multipart = handler(world, (context, project) => insertMultipart(world, context, project));
  app.post(at, async (context) => {
    if (context.req.query('uploadType') !== 'resumable') return multipart(context);
    let location = '';
    const begin = handler(world, async () => {
      const id = randomUUID();
      uploads.set(id, { body: await bodyOf(context), folder: await newFolder(), received: 0 });
      const url = new URL(context.req.url);
      location = `${url.origin}${url.pathname}?uploadType=resumable&upload_id=${id}`;
      return {};
    });
    const response = await begin(context);
    if (location !== '') response.headers.set('location', location);
    return response;
  });
  app.put(at, async (context) => {
    const piece = await take(uploads, context);
    if (piece instanceof Response) return piece;
    return handler(world, () => finish(world, param(context, 'project'), piece))(context);
  });
  return app;
}

function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'loadplan-upload-'));
}

function fileOf({ folder }: Pick<Upload, 'folder'>): string {
  return join(folder, 'rows');
}

async function insertMultipart(world: World, context: Context, project: string): Promise<Answer> {
  const stream = context.req.raw.body;
  if (!stream) throw invalid('The upload has no body.');
  const { metadata, content } = await splitMultipart(
    stream,
    boundaryOf(context.req.header('content-type') ?? ''),
  );
  const folder = await newFolder();
  await writeFile(fileOf({ folder }), content);
  return finish(world, project, { body: parsed(metadata), folder });
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
  const piece = new Uint8Array(await context.req.arrayBuffer());
  await appendFile(fileOf(upload), piece);
  upload.received += piece.length;
  const total = /\/(\d+)$/.exec(context.req.header('content-range') ?? '')?.[1];
  const isPart = /^bytes \d+-\d+\/\*$/.test(context.req.header('content-range') ?? '');
  if (isPart || (total !== undefined && Number(total) > upload.received)) {
    return new Response(null, { status: 308, headers: { range: `bytes=0-${upload.received - 1}` } });
  }
  uploads.delete(id);
  return upload;
}

function handlerless(message: string): Response {
  return new Response(JSON.stringify({ error: { code: 404, message } }), { status: 404 });
}
