import { isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { quoted, schemaOf } from '../warehouse/names.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { factName } from './dataset-facts.ts';
import type { DatasetFacts } from './dataset-facts.ts';
import { jobResource } from './job.ts';
import type { Job } from './job.ts';
import { layoutOf } from './layout.ts';
import { objectIn, textIn } from './parameters.ts';
import type { Information, InformationRow } from './sql/information-view.ts';
import { tableViews } from './information-tables.ts';
import { columnsOfView } from './views.ts';
import { fieldOf, schemaOfColumns } from './wire-schema.ts';

interface World {
  readonly warehouse: Warehouse;
  readonly facts: DatasetFacts;
  /** The newest first. */
  readonly jobs: () => readonly Job[];
}

const columnsOfColumns = {
  table_catalog: 'VARCHAR',
  table_schema: 'VARCHAR',
  table_name: 'VARCHAR',
  column_name: 'VARCHAR',
  ordinal_position: 'BIGINT',
  is_nullable: 'VARCHAR',
  data_type: 'VARCHAR',
  is_partitioning_column: 'VARCHAR',
  clustering_ordinal_position: 'BIGINT',
} as const;

const columnsOfJobs = {
  creation_time: 'TIMESTAMP WITH TIME ZONE',
  project_id: 'VARCHAR',
  user_email: 'VARCHAR',
  job_id: 'VARCHAR',
  parent_job_id: 'VARCHAR',
  job_type: 'VARCHAR',
  statement_type: 'VARCHAR',
  start_time: 'TIMESTAMP WITH TIME ZONE',
  end_time: 'TIMESTAMP WITH TIME ZONE',
  query: 'VARCHAR',
  state: 'VARCHAR',
  total_bytes_processed: 'BIGINT',
  total_bytes_billed: 'BIGINT',
  total_slot_ms: 'BIGINT',
  cache_hit: 'BOOLEAN',
} as const;

/** What a query that names INFORMATION_SCHEMA can see: the columns of all tables, and the jobs of the project. */
export async function informationFor(world: World, sql: string): Promise<Information> {
  if (!/INFORMATION_SCHEMA/i.test(sql)) return {};
  const rows = [...(await columnRows(world)), ...(await viewColumnRows(world))];
  const columns = { columns: columnsOfColumns, rows };
  const jobs = { columns: columnsOfJobs, rows: world.jobs().map(jobRow) };
  return {
    ...(await tableViews(world)),
    COLUMNS: columns,
    JOBS: jobs,
    JOBS_BY_PROJECT: jobs,
    JOBS_BY_USER: jobs,
  };
}

async function columnRows({ warehouse, facts }: World): Promise<readonly InformationRow[]> {
  return warehouse.withSession(async (session) => {
    const found = await session.run(
      `SELECT schema_name, table_name, list(column_name ORDER BY column_index), list(is_nullable ORDER BY column_index)
       FROM duckdb_columns() WHERE NOT internal AND contains(schema_name, '.') GROUP BY ALL ORDER BY ALL`,
    );
    const rows: InformationRow[] = [];
    for (const [schema, table, , nullable] of await found.getRowsJson()) {
      const [project = '', dataset = ''] = splitName(text(schema));
      const name = { project, dataset, table: text(table) };
      const columns = await session.columns(
        `SELECT * FROM ${schemaOf(project, dataset)}.${quoted(name.table)}`,
      );
      const { fields } = facts.of(factName(name));
      const layout = layoutOf(
        fields,
        columns.map((column) => ({ name: column.name, type: column.type.toString() })),
      );
      const clusters = objectIn(fields, 'clustering')['fields'];
      const clustered: readonly Json[] = Array.isArray(clusters) ? clusters : [];
      columns.forEach((column, index) => {
        const place = clustered.indexOf(column.name);
        rows.push({
          place: `${project}.${dataset}`.toLowerCase(),
          values: [
            project,
            dataset,
            name.table,
            column.name,
            String(index + 1),
            Array.isArray(nullable) && nullable[index] === false ? 'NO' : 'YES',
            typeText(fieldOf(column)),
            layout?.column === column.name ? 'YES' : 'NO',
            place < 0 ? null : String(place + 1),
          ],
        });
      });
    }
    return rows;
  });
}

/** A view of which a table is missing has no columns. */
async function viewColumnRows(world: World): Promise<readonly InformationRow[]> {
  const rows: InformationRow[] = [];
  for (const { name } of world.facts.tables().filter((one) => world.facts.viewOf(one.name))) {
    const columns = await columnsOfView(world, name).catch(() => []);
    const { fields = [] } = schemaOfColumns(columns);
    const list: readonly Json[] = Array.isArray(fields) ? fields : [];
    const { project, dataset, table } = name;
    list.filter(isJsonObject).forEach((field, index) => {
      const column = textIn(field, 'name') ?? '';
      rows.push({
        place: `${project}.${dataset}`.toLowerCase(),
        values: [project, dataset, table, column, String(index + 1), 'YES', typeText(field), 'NO', null],
      });
    });
  }
  return rows;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** `project.dataset`; a dataset's name has no point. */
function splitName(schema: string): readonly string[] {
  const at = schema.lastIndexOf('.');
  return [schema.slice(0, at), schema.slice(at + 1)];
}

const standardNames: Readonly<Record<string, string>> = {
  INTEGER: 'INT64',
  FLOAT: 'FLOAT64',
  BOOLEAN: 'BOOL',
};

/** A type as GoogleSQL writes it: `ARRAY<STRUCT<a INT64>>`. */
function typeText(field: JsonObject): string {
  const type = textIn(field, 'type') ?? '';
  const fields: Json = field['fields'] ?? [];
  const parts = (Array.isArray(fields) ? fields.filter(isJsonObject) : []).map(
    (part: JsonObject) => `${textIn(part, 'name') ?? ''} ${typeText(part)}`,
  );
  const precision = textIn(field, 'precision');
  const own = precision === undefined ? '' : `(${precision}, ${textIn(field, 'scale') ?? '0'})`;
  const one = type === 'RECORD' ? `STRUCT<${parts.join(', ')}>` : (standardNames[type] ?? type) + own;
  return field['mode'] === 'REPEATED' ? `ARRAY<${one}>` : one;
}

function jobRow(job: Job): InformationRow {
  const resource = jobResource(job);
  const statistics = objectIn(resource, 'statistics');
  const query = objectIn(statistics, 'query');
  const isQuery = job.kind === 'query';
  return {
    place: `region-${job.location}`.toLowerCase(),
    values: [
      timeText(textIn(statistics, 'creationTime')),
      job.project,
      textIn(resource, 'user_email') ?? null,
      job.id,
      parentOf(job),
      job.kind.toUpperCase(),
      textIn(query, 'statementType') ?? null,
      timeText(textIn(statistics, 'startTime')),
      timeText(textIn(statistics, 'endTime')),
      textIn(objectIn(job.configuration, 'query'), 'query') ?? null,
      textIn(objectIn(resource, 'status'), 'state') ?? null,
      isQuery ? (textIn(statistics, 'totalBytesProcessed') ?? null) : null,
      isQuery ? (textIn(query, 'totalBytesBilled') ?? null) : null,
      textIn(statistics, 'totalSlotMs') ?? null,
      isQuery ? String(query['cacheHit'] === true) : null,
    ],
  };
}

function parentOf({ parent }: Job): string | null {
  return parent?.id ?? null;
}

function timeText(epochMs: string | undefined): string | null {
  return epochMs === undefined ? null : new Date(Number(epochMs)).toISOString();
}
