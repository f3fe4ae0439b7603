import { view } from '../collection.ts';
import type { Entity } from '../collection.ts';
import type { JsonObject } from '../json.ts';
import { begun, cutShort, doneRatio, isUnderWay } from '../progress.ts';
import { integer } from '../random.ts';
import type { Store } from '../store.ts';
import { conflict, success } from './answers.ts';
import { checkBody } from './body.ts';
import { find } from './find.ts';
import { listNames, windowNames, windowOf } from './query.ts';
import { deleteOf, getOf, listOf, listPage, pageAnswer } from './resource.ts';
import type { Resource } from './resource.ts';
import type { ApiRequest, Route } from './route.ts';

const filters = { equal: { status: 'status', pipeline_id: 'pipeline_id', object_name: 'object_name' } };
const stages = ['extract', 'validate', 'transform', 'load'] as const;

/**
 * Executions of pipelines: running for one to two times `executionMs`, then completed. One that has ended
 * cannot be cancelled, and one that has not cannot be retried: 409.
 */
export function executionRoutes(pipelinesPath: string, path: string): readonly Route[] {
  const executions: Resource = { path, kind: 'executions', filters };
  return [
    listOf(executions),
    getOf(executions),
    deleteOf(executions),
    executeRoute(pipelinesPath),
    executionsOfPipeline(pipelinesPath),
    tasksRoute(path),
    cancelRoute(path),
    retryRoute(path),
  ];
}

function executeRoute(pipelinesPath: string): Route {
  return {
    method: 'POST',
    path: `${pipelinesPath}/:id/execute`,
    summary: 'Start a pipeline',
    kind: 'pipelines',
    statuses: [202, 404],
    shape: 'data',
    example: { parameters: { param1: 'abcde', param2: 7 } },
    fields: ['parameters', 'run_id'],
    handle: (request, store) => {
      const pipeline = find(store, 'pipelines', request.params['id']);
      checkBody(request.body, { fields: { parameters: 'object', run_id: 'text' } }, store);
      return success(started(request, store, { ...request.body, pipeline_id: pipeline.id }), 202);
    },
  };
}

function executionsOfPipeline(pipelinesPath: string): Route {
  return {
    method: 'GET',
    path: `${pipelinesPath}/:id/executions`,
    summary: 'List executions of one pipeline',
    statuses: [200, 404],
    shape: 'list',
    query: listNames(filters),
    kind: 'pipelines',
    handle: ({ params, query, nowEpochMs }, store) => {
      const pipeline_id = find(store, 'pipelines', params['id']).id;
      return listPage({ query: { ...query, pipeline_id }, nowEpochMs }, store, 'executions', filters);
    },
  };
}

function tasksRoute(path: string): Route {
  return {
    method: 'GET',
    path: `${path}/:id/tasks`,
    summary: 'List tasks of one execution',
    kind: 'executions',
    statuses: [200, 404],
    shape: 'list',
    query: windowNames,
    handle: ({ params, query, nowEpochMs }, store) => {
      const tasks = tasksOf(find(store, 'executions', params['id']), nowEpochMs);
      const { offset, size } = windowOf(query);
      return pageAnswer(tasks.slice(offset, offset + size), { offset, size, total: tasks.length });
    },
  };
}

function cancelRoute(path: string): Route {
  return {
    method: 'POST',
    path: `${path}/:id/cancel`,
    summary: 'Cancel an execution',
    kind: 'executions',
    statuses: [200, 404, 409],
    shape: 'data',
    fields: [],
    handle: ({ params, nowEpochMs }, store) => {
      const before = find(store, 'executions', params['id']);
      if (!before.run || !isUnderWay(before.run, nowEpochMs)) {
        throw conflict('The execution has ended and cannot be cancelled.');
      }
      const run = cutShort(before.run, nowEpochMs, 'cancelled');
      return success(view(store.of('executions').change(before, {}, nowEpochMs, run), nowEpochMs));
    },
  };
}

function retryRoute(path: string): Route {
  return {
    method: 'POST',
    path: `${path}/:id/retry`,
    summary: 'Start an execution again',
    kind: 'executions',
    statuses: [202, 404, 409],
    shape: 'data',
    fields: ['parameters', 'retry_id'],
    handle: (request, store) => {
      checkBody(request.body, { fields: { parameters: 'object', retry_id: 'text' } }, store);
      const { id, fields, run } = find(store, 'executions', request.params['id']);
      if (run && isUnderWay(run, request.nowEpochMs))
        throw conflict('The execution has not ended. Retry it later.');
      const { pipeline_id = null, parameters = {} } = fields;
      return success(
        started(request, store, { parameters, ...request.body, pipeline_id, retry_of: id }),
        202,
      );
    },
  };
}

function started({ nowEpochMs, pace }: ApiRequest, store: Store, fields: JsonObject): JsonObject {
  const plannedMs = integer(store.random, pace.executionMs, 2 * pace.executionMs);
  const run = begun(nowEpochMs, plannedMs, 'running', 'completed');
  const records_total = integer(store.random, 1000, 10_000);
  return view(store.of('executions').create({ ...fields, records_total }, nowEpochMs, run), nowEpochMs);
}

/** Four tasks, one after the other, each a quarter of the work. */
function tasksOf({ id, run }: Entity, nowEpochMs: number): readonly JsonObject[] {
  const done = run ? doneRatio(run, nowEpochMs) * stages.length : stages.length;
  const halted = run !== null && !isUnderWay(run, nowEpochMs);
  return stages.map((name, index) => {
    const unfinished = halted ? run.after : index <= done ? 'running' : 'pending';
    const task_id = `${id}-${index + 1}`;
    return {
      id: task_id,
      task_id,
      execution_id: id,
      name,
      status: done >= index + 1 ? 'completed' : unfinished,
    };
  });
}
