import { isAbsolute, join } from 'node:path';
import { defaultsOf } from '../../../engine/model/json-schema.ts';
import type { Outcome } from '../../../engine/model/sample.ts';
import type { OpenPart, SampleContext } from '../../../engine/model/sampler.ts';
import type { Pause } from '../../google/passing.ts';
import { Sessions } from '../../google/sessions.ts';
import { noFiles } from '../../http/test-support/perform.ts';
import { GcsSampler } from '../gcs-sampler.ts';
import { gcsSchema, type GcsConfig } from '../schema.ts';

/** A part of an operation, as the engine is told it. */
export interface SeenPart {
  readonly name: string;
  readonly outcome: Outcome;
}

export interface Performed extends Outcome {
  readonly parts: readonly SeenPart[];
  /** The body as JSON. */
  readonly json: Record<string, unknown>;
  readonly seen: { readonly connected: number; readonly firstByte: number };
}

/** Operations of one user against one server. */
export interface GcsRun {
  readonly sampler: GcsSampler;
  readonly perform: (
    config: Partial<GcsConfig>,
    keep?: { readonly body: boolean; readonly onlyShown?: boolean },
  ) => Promise<Performed>;
}

/** A sampler with one user, which keeps bodies unless told otherwise. Files are looked for in `folder`. */
export function gcsRun(endpoint: string, folder = '', pause?: Pause): GcsRun {
  const pathOf = (path: string) => (isAbsolute(path) ? path : join(folder, path));
  const sampler = new GcsSampler({ pathOf }, new Sessions(noFiles, {}), pause && { pause });
  const user = { threadName: 'Users 1-1', iteration: 0 };
  const preset = { project: 'sandbox-project', endpoint, bucket: 'tests', timeout: 20_000 };
  const base = { ...defaultsOf(gcsSchema), ...preset };
  return {
    sampler,
    perform: async (config, keep = { body: true }) => {
      const seen = { connected: 0, firstByte: 0 };
      const parts: SeenPart[] = [];
      const { onlyShown = false } = keep;
      const context = { ...contextOf({ user, seen, parts, keepBody: keep.body }), onlyShown };
      const outcome = await sampler.perform({ ...base, ...config } as GcsConfig, context);
      const text = Buffer.from(outcome.body ?? []).toString();
      const isJson = outcome.dataType === 'text' && /^\s*[{[]/.test(text);
      const json = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>;
      return { ...outcome, parts, json, seen };
    },
  };
}

interface Seeing {
  readonly user: SampleContext['user'];
  readonly seen: { connected: number; firstByte: number };
  readonly parts: SeenPart[];
  readonly keepBody: boolean;
}

function contextOf({ user, seen, parts, keepBody }: Seeing): SampleContext {
  return {
    user,
    keepBody,
    keepHeaders: true,
    keepRequest: true,
    keepOfParts: null,
    connected: () => (seen.connected += 1),
    firstByte: () => (seen.firstByte += 1),
    ready: () => undefined,
    done: () => undefined,
    part: (outcome) => parts.push({ name: '', outcome }),
    begin: (name = ''): OpenPart => ({
      connected: () => undefined,
      firstByte: () => undefined,
      end: (outcome) => parts.push({ name, outcome }),
    }),
  };
}
