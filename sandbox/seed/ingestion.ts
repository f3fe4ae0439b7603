import type { Random } from '../../engine/model/ports.ts';
import type { JsonObject } from '../json.ts';
import { integer } from '../random.ts';
import { anyOf, inTurn } from './sow.ts';
import type { Sow } from './sow.ts';

export const sourceTypes = ['GCS', 'CLOUD_SQL', 'API', 'CUSTOM'] as const;

/** What a source of each type is reached by. */
const connections: Readonly<Record<(typeof sourceTypes)[number], JsonObject>> = {
  GCS: { bucket: 'landing-zone' },
  CLOUD_SQL: { host: 'sql.example.com' },
  API: { url: 'https://partner.example.com/feed' },
  CUSTOM: { custom_key: 'mainframe' },
};

export function sowIngestion(sow: Sow, random: Random): { readonly pipelines: readonly string[] } {
  const sources = sow('sources', 24, (index) => {
    const type = inTurn(sourceTypes, index);
    return {
      fields: { name: `source_${index + 1}`, type, connection_details: connections[type], status: 'active' },
    };
  });
  const pipelines = sow('pipelines', 36, (index) => ({
    fields: {
      name: `pipeline_${index + 1}`,
      source_id: anyOf(random, sources),
      target_dataset: 'customer_data',
      target_table: `table_${index + 1}`,
      schedule: '0 */6 * * *',
      status: index % 4 === 3 ? 'paused' : 'active',
    },
  }));
  sow('executions', 40, (index) => ({
    fields: {
      pipeline_id: anyOf(random, pipelines),
      records_total: integer(random, 1000, 10_000),
      parameters: {},
    },
    work: { tookMs: integer(random, 1000, 2000), status: index % 7 === 6 ? 'failed' : 'completed' },
  }));
  return { pipelines };
}
