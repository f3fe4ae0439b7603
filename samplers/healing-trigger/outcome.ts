import { messageOf } from '../../engine/model/errors.ts';
import { formatMs } from '../../engine/model/units.ts';
import type { Outcome } from '../../engine/model/sample.ts';
import type { Keep } from '../../engine/model/sampler.ts';
import { shown } from './answer.ts';

/** What the operations of a sample have moved, in bytes. */
export interface Traffic {
  bytesReceived: number;
  bytesSent: number;
}

export type Cause = 'not_injected' | 'not_detected' | 'not_healed' | 'no_id' | 'no_time' | 'interrupted';

/** What became of the issue itself, which `expect` may name. */
const expectable: ReadonlySet<Cause> = new Set(['not_injected', 'not_detected', 'not_healed']);

/** The outcome of an issue that did not go its way: `healing.not_detected: not detected within 5m (300 polls; …)`. */
export function failed(cause: Cause, why: string, traffic: Traffic): Outcome {
  const told = `healing.${cause}: ${why}`;
  return {
    ok: false,
    code: `healing.${cause}`,
    message: why,
    ...(expectable.has(cause) ? { explanation: told } : { failure: told }),
    dataType: 'text',
    bytesReceived: traffic.bytesReceived,
    bytesSent: traffic.bytesSent,
    url: null,
  };
}

/** With the beginning of the answer, which usually says what was wrong. */
export function notInjected(outcome: Outcome, traffic: Traffic): Outcome {
  const said = Buffer.from(outcome.body ?? [])
    .toString()
    .replaceAll(/\s+/g, ' ')
    .slice(0, saidChars);
  return {
    ...failed('not_injected', `the issue was not injected: ${shown(outcome)}${said && `: ${said}`}`, traffic),
    url: outcome.url,
  };
}

const saidChars = 200;

/** What an operation threw, as its outcome. */
export function thrown(error: unknown): Outcome {
  const message = messageOf(error);
  return { ...nothing, ok: false, code: 'healing.operation', message, failure: message };
}

const nothing = { dataType: 'text', bytesReceived: 0, bytesSent: 0, url: null } as const;

/** An answer without its content, unless that is kept, and what was measured of it, which are not the trigger's. */
export function asPart(answer: Outcome, keep: Keep | null = null): Outcome {
  const { ok, code, message, dataType, bytesReceived, bytesSent, url } = answer;
  const failure = ok ? undefined : shown(answer);
  return {
    ok,
    code,
    message,
    dataType,
    bytesReceived,
    bytesSent,
    url,
    ...(failure !== undefined && { failure }),
    ...(keep && contentOf(answer)),
  };
}

function contentOf({ request, headers, body, contentType }: Outcome): Partial<Outcome> {
  return {
    ...(request && { request }),
    ...(headers && { headers }),
    ...(body && { body }),
    ...(contentType !== undefined && { contentType }),
  };
}

export function healedMessage(detectedMs: number, healedMs: number | null): string {
  return `detected after ${formatMs(detectedMs)}${healedMs === null ? '' : `, healed after another ${formatMs(healedMs)}`}`;
}
