import type { Warehouse } from '../warehouse/warehouse.ts';
import type { DatasetFacts } from './dataset-facts.ts';
import type { Information, InformationRow } from './sql/information-view.ts';

interface World {
  readonly warehouse: Warehouse;
  readonly facts: DatasetFacts;
}

const columnsOfTables = {
  table_catalog: 'VARCHAR',
  table_schema: 'VARCHAR',
  table_name: 'VARCHAR',
  table_type: 'VARCHAR',
  is_insertable_into: 'VARCHAR',
} as const;

const columnsOfViews = {
  table_catalog: 'VARCHAR',
  table_schema: 'VARCHAR',
  table_name: 'VARCHAR',
  view_definition: 'VARCHAR',
  check_option: 'VARCHAR',
  use_standard_sql: 'VARCHAR',
} as const;

/** TABLES and VIEWS of INFORMATION_SCHEMA. */
export async function tableViews({ warehouse, facts }: World): Promise<Information> {
  const found = await warehouse.run(
    `SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal AND contains(schema_name, '.') ORDER BY ALL`,
  );
  const tables = (await found.getRowsJS()).map(([schema, table]): InformationRow => {
    const place = typeof schema === 'string' ? schema : '';
    const at = place.lastIndexOf('.');
    const values = [
      place.slice(0, at),
      place.slice(at + 1),
      typeof table === 'string' ? table : '',
      'BASE TABLE',
      'YES',
    ];
    return { place: place.toLowerCase(), values };
  });
  const views = facts.tables().flatMap(({ name }) => {
    const view = facts.viewOf(name);
    return view
      ? [{ ...name, query: view.query, place: `${name.project}.${name.dataset}`.toLowerCase() }]
      : [];
  });
  return {
    TABLES: {
      columns: columnsOfTables,
      rows: [
        ...tables,
        ...views.map(({ place, project, dataset, table }) => ({
          place,
          values: [project, dataset, table, 'VIEW', 'NO'],
        })),
      ],
    },
    VIEWS: {
      columns: columnsOfViews,
      rows: views.map(({ place, project, dataset, table, query }) => ({
        place,
        values: [project, dataset, table, query, null, 'YES'],
      })),
    },
  };
}
