import type { JsonSchema } from './json-schema.ts';

/** The most users that a thread group may have. */
export const mostUsers = 1_000_000;

/** How many users there are, when they start and when they stop. These make the configuration of a group. */
export const loadKeys = {
  threads: {
    type: 'integer',
    minimum: 0,
    maximum: mostUsers,
    default: 1,
    description: 'Number of users.',
    examples: [20, '${users}'],
  },
  share: {
    type: 'number',
    exclusiveMinimum: 0,
    maximum: 100,
    description: "Instead of threads: percent of the plan's threads. The shares of all groups add up to 100.",
    examples: [30],
  },
  rampUp: {
    type: 'string',
    unit: 'ms',
    default: '0s',
    description: 'Time within which all users start, evenly spread.',
    examples: ['10s'],
  },
  delay: {
    type: 'string',
    unit: 'ms',
    default: '0s',
    description: 'Time before the first user starts.',
    examples: ['5s'],
  },
  loops: {
    description: 'How often each user runs the steps. Without it: until the duration is over, or once.',
    examples: [10, 'forever'],
    anyOf: [{ type: 'integer', minimum: 1 }, { const: 'forever' }],
  },
  duration: {
    type: 'string',
    unit: 'ms',
    description: 'Time after which no user begins another loop.',
    examples: ['1m', '1h30m'],
  },
  onError: {
    enum: ['continue', 'startNextLoop', 'stopThread', 'stopTest', 'stopTestNow'],
    literal: true,
    default: 'continue',
    description: 'What a user does after a failed sample.',
    examples: ['startNextLoop'],
  },
  startAfter: {
    type: 'string',
    literal: true,
    description: 'Name of the thread group whose end this one waits for.',
    examples: ['Warm up'],
  },
} as const satisfies Readonly<Record<string, JsonSchema>>;
