import type { Sampler } from '../engine/model/sampler.ts';
import { bigquery } from './bigquery/bigquery.ts';
import { gcs } from './gcs/gcs.ts';
import { healingTrigger } from './healing-trigger/healing-trigger.ts';
import { http } from './http/http.ts';
import { process } from './process/process.ts';

/** Every sampler, by kind. To add one: write its file, and one line here. */
export const samplers: ReadonlyMap<string, Sampler> = new Map<string, Sampler>(
  [http, bigquery, gcs, process, healingTrigger].map((sampler) => [sampler.kind, sampler]),
);
