import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workshop } from '../support/plan-command.ts';
import { Target } from '../support/target.ts';

let workshop: Workshop;
let target: Target;

beforeEach(async () => {
  workshop = new Workshop();
  target = await Target.start();
});

afterEach(async () => {
  workshop.clean();
  await target.stop();
});

const costly = `${'a'.repeat(60)}!`;

describe('a pattern that would try for years', () => {
  it.each([
    ['extracts nothing', 'extract: { x: { regex: ^((a+)+)$, source: text, default: none } }'],
    ['does not match', 'assert: [{ matches: (a+)+, whole: true, not: true, source: text }]'],
    ['finds nothing', 'before: [{ set: { x: "${__regexFunction(^((a+)+)$,$1$,1,,none,,text)}" } }]'],
  ])(
    '%s, in bounded time',
    async (_case, key) => {
      const group = `{ name: G, steps: [{ get: /item, ${key} }, { get: "/end" }] }`;
      workshop.write(
        'x.yaml',
        `name: Patterns\nvariables: { text: "${costly}" }\ndefaults: { http: { baseUrl: "${target.url}" } }\nthreadGroups: [${group}]\n`,
      );
      const { code, stderr } = await workshop.plan('run', 'x.yaml');
      expect([code, stderr]).toEqual([0, '']);
      expect(target.requests.map(({ path }) => path)).toEqual(['/item', '/end']);
      expect(workshop.runJson().total.errors).toBe(0);
    },
    30_000,
  );
});
