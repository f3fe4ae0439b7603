import { describe, expect, it } from 'vitest';
import type { CompiledElement, CompiledGroup } from '../model/compiled-plan.ts';
import { control, sample } from '../user/test-support/stage.ts';
import { Places } from './places.ts';

const element = (kind: string, variable = ''): CompiledElement => ({
  kind,
  slot: 0,
  variable,
  config: { constant: {} },
  at: 'plan.yaml:2:2',
});
const extractor = element('regex', 'token');
const assertion = element('script');
const shared = element('random');
const data = element('csv');
const login = sample('Log in', { extractors: [extractor], assertions: [assertion], timers: [shared] });
const loop = control('while', { constant: {} }, [login]);
const other = sample('', {
  label: ['Get ', { variable: 'x' }],
  timers: [shared],
  at: 'plan.yaml:9:5',
});
const plan = {
  groups: [
    { name: 'Users', number: 1, data: [data], steps: [loop] },
    { name: 'More', number: 2, data: [], steps: [other] },
  ] as unknown as CompiledGroup[],
};
const places = new Places(plan);

describe('places of a plan', () => {
  it.each([
    [0, loop, null, 'step "while" (plan.yaml:1:1), user "Users 1-3"'],
    [0, login, null, 'step "Log in" (plan.yaml:1:1), user "Users 1-3"'],
    [0, login, extractor, 'the extractor regex "token" of step "Log in" (plan.yaml:1:1), user "Users 1-3"'],
    [0, login, assertion, 'the assertion script of step "Log in" (plan.yaml:1:1), user "Users 1-3"'],
    [0, null, data, `the data csv of the group's own part, user "Users 1-3"`],
    [1, other, shared, 'the timer random of step "Get …" (plan.yaml:9:5), user "More 2-3"'],
  ])('group %i: %#', (group, step, part, text) => {
    const doing = { group, user: 2, step: places.numberOf(step), element: places.numberOf(part) };
    expect(places.text(doing)).toBe(text);
  });

  it('are numbered alike in another thread', () => {
    const copy = structuredClone(plan);
    expect(new Places(copy).numberOf(copy.groups[1]?.steps[0] ?? null)).toBe(places.numberOf(other));
  });
});
