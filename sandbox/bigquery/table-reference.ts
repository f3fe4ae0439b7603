import type { JsonObject } from '../json.ts';
import type { TableName } from '../warehouse/names.ts';
import { objectIn, textIn } from './parameters.ts';
import { invalid } from './query-error.ts';

/** The table that a reference of REST names. */
export function tableIn(of: JsonObject, field: string): Required<TableName> {
  const reference = objectIn(of, field);
  const [project, dataset, table] = ['projectId', 'datasetId', 'tableId'].map((key) =>
    textIn(reference, key),
  );
  if (project === undefined || dataset === undefined || table === undefined) {
    throw invalid(`Required parameter is missing: ${field}`);
  }
  if (table.includes('$')) {
    throw invalid(`The sandbox does not support partition decorators (${table}): name the table alone.`);
  }
  return { project, dataset, table };
}
