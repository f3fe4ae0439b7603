import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import { defaultsOf } from '../../../engine/model/json-schema.ts';
import type { Outcome } from '../../../engine/model/sample.ts';
import type { KnownPart, SampleContext } from '../../../engine/model/sampler.ts';
import { configured } from '../../http/test-support/perform.ts';
import { HealingTriggerSampler } from '../healing-trigger-sampler.ts';
import { healingTriggerSchema, type HealingTriggerConfig } from '../schema.ts';

/** A pipeline in which one issue goes through stages; each question brings it a stage further when its answers are used up. */
export interface Pipeline {
  readonly url: string;
  /** `POST /inject`, in order. */
  readonly asked: string[];
}

type Answer = { readonly status?: number; readonly body?: unknown; readonly hang?: true };

/** Answers by `METHOD /path`: one after the other, the last again and again. */
export async function pipeline(answers: Readonly<Record<string, readonly Answer[]>>): Promise<Pipeline> {
  const asked: string[] = [];
  const left = new Map(Object.entries(answers).map(([key, list]) => [key, [...list]]));
  const server: Server = createServer((request, response) => {
    const key = `${request.method ?? ''} ${request.url ?? ''}`;
    asked.push(key);
    const list = left.get(key) ?? [{ status: 404, body: { error: 'not found' } }];
    const answer = list.length > 1 ? list.shift() : list[0];
    if (answer?.hang) return;
    response.writeHead(answer?.status ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer?.body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

export interface Performed extends Outcome {
  /** `part trigger`, `ready`, `done` …, in order. */
  readonly events: readonly string[];
  readonly parts: readonly Outcome[];
}

export function newSampler(): HealingTriggerSampler {
  const none = () => {
    throw new Error('there are no files');
  };
  const sampler = new HealingTriggerSampler({ users: 1, known: [], readBytes: none, pathOf: none });
  afterAll(() => sampler.close());
  return sampler;
}

const user = { threadName: 'Users 1-1', iteration: 0 };

/** Performs one issue as the engine would. */
export async function heal(
  config: Partial<HealingTriggerConfig>,
  { by = newSampler(), keepBody = true }: { by?: HealingTriggerSampler; keepBody?: boolean } = {},
): Promise<Performed> {
  const events: string[] = [];
  const parts: Outcome[] = [];
  const context: SampleContext = {
    user,
    keepBody,
    keepHeaders: false,
    keepRequest: false,
    keepOfParts: null,
    connected: () => undefined,
    firstByte: () => undefined,
    ready: () => void events.push('ready'),
    done: () => void events.push('done'),
    part: (outcome, { name }: KnownPart = {}) => {
      events.push(`part ${name ?? ''}`);
      parts.push(outcome);
    },
    idle: () => {
      events.push('idle');
      return () => undefined;
    },
    begin: (name = '') => {
      events.push(`begin ${name}`);
      return {
        connected: () => undefined,
        firstByte: () => undefined,
        end: (outcome) => {
          events.push(`part ${name}`);
          parts.push(outcome);
        },
      };
    },
  };
  const defaults = defaultsOf(healingTriggerSchema) as unknown as HealingTriggerConfig;
  const outcome = await by.perform({ ...defaults, interval: 5, timeout: 2000, ...config }, context);
  return { ...outcome, events, parts };
}

/** One operation over HTTP, as the engine renders it. */
export const post = (baseUrl: string, path: string) => ({
  http: configured({ method: 'POST', baseUrl, path }),
});

export const poll = (baseUrl: string, path: string, equals?: string) => ({
  http: configured({ baseUrl, path }),
  ...(equals !== undefined && { until: { jsonPath: '$.data.status', equals, whole: false, not: false } }),
});
