/** What every monitor may say, besides its own keys. */
export const intervalKey = {
  type: 'string',
  unit: 'ms',
  default: '1s',
  description: 'Time from one reading to the next; at least 100ms.',
  examples: ['1s', '5s'],
} as const;

/** The key `name` of a monitor whose values are called otherwise without it. */
export function nameKey<const D extends string>(otherwise: D) {
  return {
    type: 'string',
    minLength: 1,
    description: `The value of the tag \`monitor\` that its values have. Without it ${otherwise}.`,
    examples: ['api'],
  } as const;
}
