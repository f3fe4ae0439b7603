import type { Infer } from '../../engine/model/json-schema.ts';
import { operationSchema, pollSchema } from './operations.ts';

const path = { type: 'string', minLength: 1 } as const;

/** What an author may say of an issue that is to be healed. */
export const healingTriggerSchema = {
  type: 'object',
  description:
    'Injects an issue and waits until it is detected and healed. The time of the sample is the time to detection: from the end of the injection to the answer that shows it. Sub-samples `trigger`, `detect` and `heal` have the times of the three. What is seen by asking is seen late, by up to `interval` and the time of an answer, never early.',
  additionalProperties: false,
  properties: {
    issue: {
      type: 'string',
      minLength: 1,
      description:
        "The kind of issue, by the pipeline's API: injected by POST /healing/inject, then looked at by GET /healing/issues/{issueId} until it is detected and healed. Each of inject, detect and heal may say otherwise.",
      examples: ['missing_values'],
    },
    inject: {
      ...operationSchema,
      description:
        'What injects the issue: one operation of another sampler, with the defaults of its kind. A failure of it is that of the sample.',
      examples: [{ http: { method: 'POST', path: '/healing/detect', json: { issue_type: 'performance' } } }],
    },
    issueId: {
      ...path,
      default: "$.data['issue_id', 'id']",
      description:
        'A JSONPath to the id of the issue, in the answer to the injection, or else in the one that shows the detection. It takes the place of `{issueId}` in detect, fix and heal.',
      examples: ['$.data.issue_id'],
    },
    detect: {
      ...pollSchema,
      description: 'What is asked until the issue is detected.',
      examples: [
        { http: { path: '/healing/issues/{issueId}' }, until: { jsonPath: '$.data.status', equals: 'open' } },
      ],
    },
    fix: {
      ...operationSchema,
      description: 'What starts the healing once the issue is detected, where the system does not by itself.',
      examples: [{ http: { method: 'POST', path: '/healing/issues/{issueId}/fix', json: {} } }],
    },
    heal: {
      ...pollSchema,
      description:
        'What is asked until the issue is healed. Where detect is written and heal is not, nothing more is waited for.',
      examples: [
        {
          http: { path: '/healing/issues/{issueId}' },
          until: { jsonPath: '$.data.status', equals: 'resolved' },
        },
      ],
    },
    interval: {
      type: 'string',
      unit: 'ms',
      default: '1s',
      description: 'Time from an answer to the next question. The times are exact to it.',
      examples: ['250ms'],
    },
    timeout: {
      type: 'string',
      unit: 'ms',
      default: '5m',
      description:
        'Time from the injection after which nothing is waited for any more: the sample has failed.',
      examples: ['10m'],
    },
    timestamps: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      description:
        "Times as the system tells them, instead of those seen from here, for healing_time_to_detect and healing_time_to_heal: JSONPaths to an ISO 8601 time or milliseconds since 1970. The sample keeps the time seen from here. Without injectedAt the clock of this machine is compared with the system's.",
      examples: [
        { injectedAt: '$.data.injected_at', detectedAt: '$.data.detected_at', healedAt: '$.data.healed_at' },
      ],
      properties: {
        injectedAt: {
          ...path,
          description: 'In the answer to the injection.',
          examples: ['$.data.injected_at'],
        },
        detectedAt: {
          ...path,
          description: 'In the answer that shows the detection.',
          examples: ['$.data.detected_at'],
        },
        healedAt: {
          ...path,
          description: 'In the answer that shows the healing.',
          examples: ['$.data.healed_at'],
        },
      },
    },
  },
} as const;

export type HealingTriggerConfig = Infer<typeof healingTriggerSchema>;
