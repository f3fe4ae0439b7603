/** The key of listeners that write samples while they come. */
export const flushKey = {
  type: 'string',
  unit: 'ms',
  default: '200ms',
  examples: ['1s'],
  description: 'The longest that a sample is held in memory before it is written.',
} as const;
