import type { Random } from '../../engine/model/ports.ts';
import { integer } from '../random.ts';
import { anyOf, decimal, inTurn } from './sow.ts';
import type { Sow } from './sow.ts';

export const ruleTypes = ['schema', 'null_check', 'uniqueness', 'referential', 'custom'] as const;
export const dimensions = ['completeness', 'accuracy', 'consistency', 'timeliness', 'validity'] as const;
export const severities = ['low', 'medium', 'high', 'critical'] as const;

/** Datasets and their tables. */
const datasets = [
  { name: 'customer_data', tables: ['customers', 'addresses'] },
  { name: 'sales_metrics', tables: ['daily_sales', 'monthly_sales'] },
  { name: 'product_catalog', tables: ['products', 'categories'] },
  { name: 'inventory', tables: ['stock_levels', 'warehouses'] },
] as const;

export function sowQuality(sow: Sow, random: Random): void {
  sow('datasets', datasets.length, (index) => ({
    fields: { ...inTurn(datasets, index), owner: 'data-platform' },
  }));
  const place = (index: number) => {
    const { name, tables } = inTurn(datasets, index);
    return { dataset: name, table: inTurn(tables, integer(random, 0, 1)) };
  };
  const rules = sow('rules', 30, (index) => ({
    fields: {
      name: `rule_${index + 1}`,
      rule_type: inTurn(ruleTypes, index),
      ...place(index),
      dimension: inTurn(dimensions, integer(random, 0, 4)),
      severity: inTurn(severities, integer(random, 0, 3)),
      enabled: index % 5 !== 4,
      config: { columns: [`column_${integer(random, 1, 5)}`] },
    },
  }));
  sow('validations', 36, (index) => ({
    fields: { ...place(index), rule_id: anyOf(random, rules), score: decimal(random, 0.8, 1) },
    work: { tookMs: integer(random, 1000, 2000), status: index % 6 === 5 ? 'failed' : 'passed' },
  }));
  sow('qualityIssues', 30, (index) => ({
    fields: {
      ...place(index),
      rule_id: anyOf(random, rules),
      severity: inTurn(severities, index),
      description: `${integer(random, 1, 500)} rows break a rule`,
      is_resolved: index % 3 === 2,
    },
  }));
}
