import { defineDataSource, type ElementUser } from '../element.ts';
import { numberFormatMistake, rememberedFormat } from '../number-format.ts';

/**
 * `{ counter: order, start: 1, end: 99, format: "00" }`: a variable that counts, one step a pass. JMeter's Counter
 * (`CounterConfig.java`): after the last value that is not above `end` it begins again with `start`.
 */
export const counter = defineDataSource({
  kind: 'counter',
  jmeter: 'Counter',
  example: `
- loop: 3
  data:
    - counter: order
      start: 100
      by: 10
      format: order_0000
  steps:
    - get: { path: /echo, query: { order: '\${order}' } } # order_0100, order_0110, order_0120
`,
  schema: {
    type: 'object',
    description: 'A variable that counts.',
    additionalProperties: false,
    required: ['counter'],
    properties: {
      counter: {
        type: 'string',
        minLength: 1,
        literal: true,
        description: 'The variable.',
        examples: ['order'],
      },
      start: { type: 'integer', default: 1, description: 'The first value.', examples: [0] },
      end: {
        type: 'integer',
        description: 'The last value, included. Without it: none.',
        examples: [99],
      },
      by: {
        type: 'integer',
        default: 1,
        description: 'The step from one value to the next.',
        examples: [10],
      },
      format: {
        type: 'string',
        default: '',
        description: 'Zeros for the digits to fill, with text around them.',
        examples: ['order_000'],
      },
      perUser: {
        type: 'boolean',
        default: false,
        description: 'Whether each user counts for itself; else all users of all workers count together.',
        examples: [true],
      },
      resetEachIteration: {
        type: 'boolean',
        default: false,
        description: 'With perUser: whether each iteration of the thread group begins with `start`.',
        examples: [true],
      },
    },
  },
  sets: ({ counter: name }) => [String(name)],
  check: ({ start = 1, end, format, perUser, resetEachIteration }) => {
    if (resetEachIteration === true && perUser !== true) return 'resetEachIteration needs perUser: true';
    if (typeof end === 'number' && typeof start === 'number' && end < start)
      return `end must not be below start, found ${end} below ${start}`;
    return numberFormatMistake(format);
  },
  build(config, site) {
    const format = rememberedFormat();
    return (user) => {
      const given = config.render(user);
      const index = given.perUser
        ? ownIndex(user, site, given.resetEachIteration)
        : user.sharedAdd(site.slot, 1) - 1;
      user.set(given.counter, format(given.format, valueAt(index, given)));
      return 'next';
    };
  },
});

/** What the counter shows the time with this index, from 0. */
function valueAt(
  index: number,
  { start, end, by }: { readonly start: number; readonly end?: number; readonly by: number },
): number {
  const count = end === undefined || by <= 0 ? Infinity : Math.max(1, Math.floor((end - start) / by) + 1);
  return start + (count === Infinity ? index : index % count) * by;
}

function ownIndex(user: ElementUser, site: object, resetEachIteration: boolean): number {
  const own = user.state(site, () => ({ index: -1, iteration: '' }));
  const iteration = resetEachIteration ? (user.get(`__jm__${user.threadGroupName}__idx`) ?? '') : '';
  own.index = own.iteration === iteration ? own.index + 1 : 0;
  own.iteration = iteration;
  return own.index;
}
