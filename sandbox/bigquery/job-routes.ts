import { Hono } from 'hono';
import { isTextIn, textIn } from './parameters.ts';
import { handler, numberIn } from './exchange.ts';
import type { Answer, Call, World } from './exchange.ts';
import { findJob, insertJob } from './insert-job.ts';
import { jobResource, stateOf } from './job.ts';
import { jobBody, jobListParameters, jobParameters } from './known-fields.ts';
import { pageOf } from './list-page.ts';

/** Jobs of all kinds. */
export function jobRoutes(world: World): Hono {
  const app = new Hono();
  const at = '/projects/:project/jobs';
  app.post(
    at,
    handler(world, { body: jobBody }, ({ project, body }) => insertJob(world, project, body)),
  );
  app.get(
    at,
    handler(world, { query: jobListParameters }, (call) => listJobs(world, call)),
  );
  app.get(
    `${at}/:job`,
    handler(world, { query: jobParameters }, (call) => jobResource(findJob(world, call))),
  );
  app.delete(
    `${at}/:job/delete`,
    handler(world, { query: jobParameters }, (call) => {
      world.jobs.delete(findJob(world, call));
      return undefined;
    }),
  );
  app.post(
    `${at}/:job/cancel`,
    handler(world, { query: jobParameters }, (call) => {
      const job = findJob(world, call);
      world.jobs.cancel(job);
      return { kind: 'bigquery#jobCancelResponse', job: jobResource(job) };
    }),
  );
  return app;
}

function listJobs(world: World, { project, query }: Call): Answer {
  const from = numberIn(query, 'minCreationTime') ?? 0;
  const to = numberIn(query, 'maxCreationTime') ?? Infinity;
  // Statements of a script are only shown to those who ask for them.
  const parentId = textIn(query, 'parentJobId');
  const states = query['stateFilter'];
  const wanted = world.jobs
    .list(project)
    .filter((job) => job.parent?.id === parentId)
    .filter((job) => job.creationEpochMs >= from && job.creationEpochMs <= to)
    .filter((job) => states === undefined || isTextIn(states, stateOf(job).toLowerCase()));
  const { items, next } = pageOf(wanted, query);
  const jobs = items.map((job) => ({ ...jobResource(job), state: stateOf(job) }));
  return { kind: 'bigquery#jobList', jobs, ...next };
}
