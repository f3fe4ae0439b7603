import type { Sampler } from '../engine/model/sampler.ts';
import { http } from './http/http.ts';

/** Every sampler, by kind. To add one: write its file, and one line here. */
export const samplers: ReadonlyMap<string, Sampler> = new Map<string, Sampler>(
  [http].map((sampler) => [sampler.kind, sampler]),
);
