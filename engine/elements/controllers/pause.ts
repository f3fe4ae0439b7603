import { parseMs, expectedDuration } from '../../model/units.ts';
import { defineController, type ElementUser, type Flow } from '../element.ts';

/**
 * `pause: 1s` or `pause: 1s..3s` (uniform): the user waits. A pause that would outlast the group's duration ends
 * the user instead, as a timer does in JMeter (`TimerService.java`).
 */
export const pause = defineController({
  kind: 'pause',
  scalar: 'for',
  schema: {
    type: 'object',
    description: 'Waits before the next step: think time.',
    additionalProperties: false,
    required: ['for'],
    properties: {
      for: {
        type: 'string',
        description: 'A duration, or two with `..` between them for one drawn evenly from that range.',
        examples: ['1s', '1s..3s', '${think_time}'],
      },
    },
  },
  label: () => 'pause',
  check: ({ for: text }) => {
    if (typeof text !== 'string' || text.includes('${')) return null;
    return parseRange(text) ? null : pauseMistake(text);
  },
  build({ config }) {
    const ranges = new Map<string, readonly [number, number]>();
    return (user) => {
      const text = config.render(user).for;
      let range = ranges.get(text);
      if (!range) {
        range = parseRange(text) ?? undefined;
        if (!range) throw new RangeError(pauseMistake(text));
        if (ranges.size < 1000) ranges.set(text, range);
      }
      return wait(user, range[0] + (range[1] > range[0] ? user.random() * (range[1] - range[0]) : 0));
    };
  },
});

async function wait(user: ElementUser, forMs: number): Promise<Flow> {
  const fromEpochMs = user.dueEpochMs;
  const untilEpochMs = fromEpochMs + forMs;
  if (untilEpochMs >= user.endEpochMs) return 'stopThread';
  const whole = await user.sleepUntil(untilEpochMs);
  user.dueEpochMs = whole ? untilEpochMs : user.nowEpochMs();
  for (const transaction of user.transactions) transaction.idleMs += user.dueEpochMs - fromEpochMs;
  return 'next';
}

function parseRange(text: string): readonly [leastMs: number, mostMs: number] | null {
  const [least = '', most = least, ...rest] = text.split('..');
  const [leastMs, mostMs] = [parseMs(least), parseMs(most)];
  return leastMs === null || mostMs === null || rest.length > 0 || mostMs < leastMs
    ? null
    : [leastMs, mostMs];
}

function pauseMistake(text: string): string {
  return text.includes('..')
    ? `expected a range of durations such as 1s..3s, the smaller first, found "${text}"`
    : expectedDuration(text);
}
