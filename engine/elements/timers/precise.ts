import { defineTimer } from '../element.ts';
import { intervalMs, rateMistake, rateUnits } from '../rate.ts';
import { seededDraw } from '../seeded.ts';

/**
 * `{ precise: 100/m, window: 1m }`: samples start at times drawn by chance, exactly so many in each window:
 * arrivals as of independent people. JMeter's Precise Throughput Timer (`PreciseThroughputTimer.java`).
 *
 * One schedule for all users of all workers in whose scope the timer stands, from the moment the first of them
 * comes; it stands still while the load is paused. Who has no time left until its turn ends. Late turns are taken at once.
 */
export const precise = defineTimer({
  kind: 'precise',
  jmeter: 'Precise Throughput Timer',
  example: `
- loop: 3
  timers:
    - precise: 100/s # as independent people arrive, exactly 100 each second
      window: 1s
  steps:
    - get: /health
`,
  schema: {
    type: 'object',
    description: 'Delays so that samples start at random times, exactly so many in each window of time.',
    additionalProperties: false,
    required: ['precise'],
    properties: {
      precise: { type: 'string', units: rateUnits, description: 'The rate.', examples: ['100/m'] },
      window: {
        type: 'string',
        unit: 'ms',
        default: '1m',
        description: 'The time within which the number is exact; it is rounded up.',
        examples: ['1h'],
      },
      batch: {
        type: 'integer',
        minimum: 1,
        default: 1,
        description: 'How many start together.',
        examples: [5],
      },
      batchGap: {
        type: 'string',
        unit: 'ms',
        default: '0s',
        description: 'The time between those that start together.',
        examples: ['100ms'],
      },
      seed: {
        type: 'integer',
        minimum: 0,
        default: 0,
        description: 'Another number, other times; with 0 they follow the seed of the run.',
        examples: [7],
      },
    },
  },
  check: ({ precise: rate }) => rateMistake(rate),
  build(config, site) {
    let drawn: Window | undefined;
    return (user) => {
      const { precise: rate, window: windowMs, batch, batchGap: gapMs, seed } = config.render(user);
      const startEpochMs = user.sharedTime(
        site.slot,
        'all',
        (known) => known || user.dueEpochMs - user.pausedMs,
      );
      const turn = user.sharedAdd(site.slot, 1) - 1;
      const perWindow = Math.max(1, Math.ceil(windowMs / intervalMs(rate) / batch));
      const event = Math.floor(turn / batch);
      const index = Math.floor(event / perWindow);
      const shape = { index, perWindow, windowMs, seed: seed || user.seed + site.slot };
      if (!drawn || !isSame(drawn.shape, shape)) drawn = { shape, times: times(shape) };
      const inWindowMs = drawn.times[event - index * perWindow] ?? 0;
      const dueEpochMs =
        startEpochMs + user.pausedMs + index * windowMs + inWindowMs + (turn % batch) * gapMs;
      return Math.max(0, dueEpochMs - user.dueEpochMs);
    };
  },
});

interface Shape {
  readonly index: number;
  readonly perWindow: number;
  readonly windowMs: number;
  readonly seed: number;
}

interface Window {
  readonly shape: Shape;
  readonly times: Float64Array;
}

/** Even draws, sorted: what a Poisson process is when its number is known. */
function times({ index, perWindow, windowMs, seed }: Shape): Float64Array {
  const drawn = new Float64Array(perWindow);
  for (let n = 0; n < perWindow; n++) drawn[n] = windowMs * seededDraw(seed, index * perWindow + n);
  return drawn.sort();
}

function isSame(a: Shape, b: Shape): boolean {
  return a.index === b.index && a.perWindow === b.perWindow && a.windowMs === b.windowMs && a.seed === b.seed;
}
