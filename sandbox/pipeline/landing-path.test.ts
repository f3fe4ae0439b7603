import { describe, expect, it } from 'vitest';
import { landingOf } from './landing-path.ts';

describe('an object in the landing bucket', () => {
  it.each([
    ['crm/orders/2026/01.csv', { source: 'crm', table: 'orders', format: 'csv' }],
    ['crm/orders.csv', { source: 'crm', table: 'crm', format: 'csv' }],
    ['orders.jsonl.gz', { source: 'orders', table: 'orders', format: 'json' }],
    ['crm/day-1 list/x.PARQUET', { source: 'crm', table: 'day_1_list', format: 'parquet' }],
    ['1/2/x.avro', { source: '1', table: '_2', format: 'avro' }],
    ['perf_test_1.bin', null],
    ['crm/orders/x.csv.part-1', null],
    ['_set_aside/crm/orders/x.csv', null],
    ['crm/.csv', null],
  ])('%s', (name, landing) => {
    expect(landingOf(name)).toEqual(landing);
  });
});
