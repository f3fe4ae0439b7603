import { expect, it } from 'vitest';
import { samplers } from './index.ts';

it('every sampler is known by its kind and refuses unknown keys', () => {
  expect([...samplers.keys()]).toEqual(['http', 'bigquery', 'gcs', 'process', 'healing-trigger']);
  for (const [kind, sampler] of samplers) {
    expect(sampler.kind).toBe(kind);
    expect(sampler.schema.additionalProperties).toBe(false);
    expect(Object.keys(sampler.schema.properties ?? {})).toContain(sampler.scalar);
  }
});
