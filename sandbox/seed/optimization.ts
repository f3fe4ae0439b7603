import type { Random } from '../../engine/model/ports.ts';
import { integer } from '../random.ts';
import { decimal, inTurn } from './sow.ts';
import type { Sow } from './sow.ts';

const recommendationTypes = ['query', 'schema', 'resource'] as const;
const resourceTypes = ['bigquery_slots', 'composer_workers', 'storage'] as const;

export function sowOptimization(sow: Sow, random: Random): void {
  sow('recommendations', 20, (index) => ({
    fields: {
      type: inTurn(recommendationTypes, index),
      title: `recommendation_${index + 1}`,
      saving_ratio: decimal(random, 0.05, 0.6),
      status: 'pending',
    },
  }));
  sow('queries', 24, (index) => ({
    fields: {
      sql: `SELECT category, COUNT(*) FROM table_${index + 1} GROUP BY category`,
      bytes_processed: integer(random, 10_000_000, 900_000_000),
      slot_ms: integer(random, 500, 60_000),
      status: 'not_analyzed',
    },
  }));
  sow('schemas', 10, (index) => ({
    fields: {
      table: `table_${index + 1}`,
      columns: integer(random, 5, 14),
      partitioned: index % 2 === 0,
      status: 'current',
    },
  }));
  sow('resources', 12, (index) => ({
    fields: { type: inTurn(resourceTypes, index), used_ratio: decimal(random, 0.1, 0.95), status: 'healthy' },
  }));
}
