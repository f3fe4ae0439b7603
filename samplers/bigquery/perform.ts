import type { Operation } from './operation.ts';
import type { Result } from './result.ts';
import { runExport, runLoad } from './run-load.ts';
import { runQuery } from './run-query.ts';
import { runCreate, runDelete, runInsert } from './tables.ts';

/** Does the one thing that a step asks for. Rejects with why it failed. */
export function perform(operation: Operation): Promise<Result> {
  const { load, export: wish, insert, create, delete: remove } = operation.config;
  if (load !== undefined) return runLoad(load, operation);
  if (wish !== undefined) return runExport(wish, operation);
  if (insert !== undefined) return runInsert(insert, operation);
  if (create !== undefined) return runCreate(create, operation);
  if (remove !== undefined) return runDelete(remove, operation);
  return runQuery(operation);
}
