import type { Random } from '../../engine/model/ports.ts';
import { severities } from './quality.ts';
import { anyOf, decimal, inTurn } from './sow.ts';
import type { Sow } from './sow.ts';

const metricNames = ['records_per_second', 'pipeline_latency_ms', 'error_ratio', 'slots_used'] as const;

export function sowMonitoring(sow: Sow, random: Random, pipelines: readonly string[]): void {
  sow('alerts', 30, (index) => ({
    fields: {
      pipeline_id: anyOf(random, pipelines),
      severity: inTurn(severities, index),
      message: `alert ${index + 1}`,
      status: index % 3 === 2 ? 'acknowledged' : 'active',
    },
  }));
  const metrics = sow('metrics', 12, (index) => ({
    fields: {
      name: inTurn(metricNames, index),
      pipeline_id: anyOf(random, pipelines),
      value: decimal(random, 0, 100),
    },
  }));
  sow('dashboards', 6, (index) => ({
    fields: { name: `dashboard_${index + 1}`, metric_ids: [anyOf(random, metrics), anyOf(random, metrics)] },
  }));
}
