import { defineDataSource, type ElementSite, type ElementUser } from '../element.ts';
import { numberFormatMistake, rememberedFormat } from '../number-format.ts';
import { seededDraw } from '../seeded.ts';

/**
 * `{ randomVariable: dice, min: 1, max: 6 }`: a variable with a number drawn evenly, both ends included, anew each
 * pass. JMeter's Random Variable. With a seed the numbers are the same in every run (not those of Java's generator):
 * one sequence over all users, or with `perUser` the same sequence for each.
 */
export const randomVariable = defineDataSource({
  kind: 'randomVariable',
  jmeter: 'Random Variable',
  example: `
- loop: 3
  data:
    - randomVariable: dice
      min: 1
      max: 6
  steps:
    - get: { path: /echo, query: { dice: '\${dice}' } }
`,
  schema: {
    type: 'object',
    description: 'A variable with a random number.',
    additionalProperties: false,
    required: ['randomVariable', 'max'],
    properties: {
      randomVariable: {
        type: 'string',
        minLength: 1,
        literal: true,
        description: 'The variable.',
        examples: ['dice'],
      },
      min: { type: 'integer', default: 1, description: 'The least number.', examples: [0] },
      max: { type: 'integer', description: 'The greatest number.', examples: [6] },
      format: {
        type: 'string',
        default: '',
        description: 'Zeros for the digits to fill, with text around them.',
        examples: ['item_000'],
      },
      seed: {
        type: 'integer',
        minimum: 0,
        description: 'Where the sequence starts. Without it each user draws by the seed of the run.',
        examples: [7],
      },
      perUser: {
        type: 'boolean',
        default: false,
        description: 'With a seed: whether each user goes through the sequence alone.',
        examples: [true],
      },
    },
  },
  sets: ({ randomVariable: name }) => [String(name)],
  check: ({ min = 1, max, format }) =>
    typeof min === 'number' && typeof max === 'number' && max < min
      ? `max must not be below min, found ${max} below ${min}`
      : numberFormatMistake(format),
  build(config, site) {
    const format = rememberedFormat();
    return (user) => {
      const given = config.render(user);
      const value = given.min + Math.floor(draw(user, site, given) * (given.max - given.min + 1));
      user.set(given.randomVariable, format(given.format, value));
      return 'next';
    };
  },
});

function draw(
  user: ElementUser,
  site: ElementSite,
  { seed, perUser }: { readonly seed?: number; readonly perUser: boolean },
): number {
  if (seed === undefined) return user.random();
  if (!perUser) return seededDraw(seed, user.sharedAdd(site.slot, 1) - 1);
  const own = user.state(site, () => ({ index: -1 }));
  own.index += 1;
  return seededDraw(seed, own.index);
}
