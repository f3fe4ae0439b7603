import { defineSampler, type Sampler } from '../../engine/model/sampler.ts';
import {
  checkHealingTrigger,
  filesOfHealingTrigger,
  knownMistakes,
  operationKeys,
  preflightOfOperations,
} from './check.ts';
import { fillHealingTrigger } from './fill.ts';
import { healingTriggerSchema } from './schema.ts';

const metrics = {
  healing_time_to_detect: {
    type: 'trend',
    unit: 'ms',
    description: 'Time from an injection to its detection.',
  },
  healing_time_to_heal: {
    type: 'trend',
    unit: 'ms',
    description: 'Time from a detection to the end of its healing.',
  },
  healing_polls: { type: 'counter', unit: 'polls', description: 'Questions asked while waiting for issues.' },
} as const satisfies Sampler['metrics'];

/**
 * `healing-trigger`: injects an issue and waits until it is detected and healed, by asking.
 *
 * The operations are those of other samplers, with the defaults of their kinds. The time of the sample ends with the
 * detection, though healing is waited for; a failure says how far it came: `healing.not_injected`,
 * `healing.not_detected`, `healing.not_healed`.
 */
export const healingTrigger = defineSampler({
  kind: 'healing-trigger',
  example: `
- healing-trigger:
    inject: { http: { method: POST, path: /healing/detect, json: { issue_type: performance } } }
    issueId: $.data.issue_id # in the answer to the injection; {issueId} stands for it
    detect: { http: { path: '/healing/issues/{issueId}' }, until: { jsonPath: $.data.status, equals: open } }
    fix: { http: { method: POST, path: '/healing/issues/{issueId}/fix', json: {} } }
    heal: { http: { path: '/healing/issues/{issueId}' }, until: { jsonPath: $.data.status, equals: resolved } }
    interval: 100ms
    timeout: 1m
  name: A slow pipeline heals
`,
  scalar: 'issue',
  schema: healingTriggerSchema,
  operations: operationKeys,
  fill: fillHealingTrigger,
  metrics,
  check: checkHealingTrigger,
  files: filesOfHealingTrigger,
  checkKnown: knownMistakes,
  preflight: preflightOfOperations,
  label: ({ issue }) => (typeof issue === 'string' ? `heal ${issue}` : 'healing-trigger'),
  open: async (options) => new (await import('./healing-trigger-sampler.ts')).HealingTriggerSampler(options),
});
