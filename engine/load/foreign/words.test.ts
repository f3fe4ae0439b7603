import { describe, expect, it } from 'vitest';
import { problemsOf } from '../test-support/load-files.ts';

const head = 'name: T\ndefaults: { http: { baseUrl: "http://127.0.0.1" } }\n';
const group = 'threadGroups: [{ name: G, steps: [{ get: / }] }]\n';

const inPlan = (entry: string) => `${head}${group}${entry}\n`;
const inGroup = (entry: string) => `${head}threadGroups: [{ name: G, steps: [{ get: / }], ${entry} }]\n`;
const asStep = (entry: string) => `${head}threadGroups: [{ name: G, steps: [{ ${entry} }] }]\n`;
const beside = (entry: string) => `${head}threadGroups: [{ name: G, steps: [{ get: /, ${entry} }] }]\n`;

describe('words of other tools are pointed at ours', () => {
  it.each([
    [asStep('sleep: 1s'), 'unknown step "sleep". A pause is a step: "- pause: 1s..3s".'],
    [asStep('think: 1'), 'unknown step "think". A pause is a step'],
    [asStep('wait: 1'), 'A pause is a step'],
    [asStep('gett: /'), 'unknown step "gett". Did you mean "get"?'],
    [asStep('request: /'), 'What users do is a list of "steps"'],
    [asStep('url: http://x'), 'A step is named by its method'],
    [asStep('group: x'), '"- transaction: Name"'],
    [asStep('threads: 5, get: /'), 'It belongs into a thread group.'],
    [beside('thinkTime: 1s'), 'unknown key "thinkTime" beside "get". A pause is a step'],
    [beside('weight: 3'), 'Weights stand in the branches of "choose"'],
    [beside('capture: {}'), '"extract: { id: $.id }"'],
    [beside('headers: {}'), 'It belongs into "get".'],
    [beside('checks: []'), 'what only counts is "check: […]"'],
    [beside('expectedStatus: 200'), '"expect: 200"'],
    [inGroup('vus: 5'), 'unknown key "vus" in thread group. Users are "threads: 20" of a thread group.'],
    [inGroup('users: 5'), 'Users are "threads: 20"'],
    [inGroup('concurrency: 5'), 'Users are "threads: 20"'],
    [inGroup('iterations: 5'), '"loops: 10"'],
    [inGroup('stages: []'), 'stages and arrival rates are not there yet'],
    [inGroup('phases: []'), 'stages and arrival rates are not there yet'],
    [inGroup('arrivalRate: 5'), 'stages and arrival rates are not there yet'],
    [inGroup('executor: x'), 'stages and arrival rates are not there yet'],
    [inGroup('rps: 5'), 'A rate is kept by a timer'],
    [inGroup('throughput: 5/s'), 'A rate is kept by a timer'],
    [inGroup('ramp-up: 5s'), 'Did you mean "rampUp"?'],
    [inGroup('ramp_time: 5s'), '"rampUp: 30s"'],
    [inGroup('spawn_rate: 5'), '"rampUp: 30s"'],
    [inGroup('hold-for: 5m'), '"duration: 5m"'],
    [inGroup('wait_time: 5'), 'A pause is a step'],
    [inGroup('thresholds: []'), 'It belongs at the top of the plan.'],
    [inGroup('headers: {}'), 'Headers stand within the step'],
    [inPlan('scenarios: []'), 'unknown key "scenarios" in the plan. Who does what stands in "threadGroups"'],
    [inPlan('options: {}'), 'Who does what stands in "threadGroups"'],
    [inPlan('env: {}'), 'Values are "properties"'],
    [inPlan('target: x'), 'A server stands in "defaults: { http: { baseUrl: https://… } }"'],
    [inPlan('baseUrl: x'), 'The server stands in "defaults: { http: { baseUrl: https://… } }".'],
    [inPlan('timeout: 5s'), 'Time limits stand within the step'],
    [inPlan('duration: 5s'), 'It belongs into a thread group.'],
    [inPlan('steps: []'), 'It belongs into a thread group.'],
    [inPlan('__proto__x: 1'), 'Known: name'],
  ])('%s', async (text, pointer) => {
    expect(await problemsOf(text)).toContain(pointer);
  });
});

describe('$schema, which editors read', () => {
  it.each([
    `$schema: ../schemas/plan.schema.json\n${head}${group}`,
    '{"$schema":"./plan.schema.json","name":"T","threadGroups":[{"name":"G","steps":[{"pause":"1s"}]}]}',
  ])('may stand in a plan: %s', async (text) => {
    expect(await problemsOf(text)).toBe('');
  });

  it('may stand in a fragment', async () => {
    const files = { 'plan.yaml': `include: f.yaml\n${head}${group}`, 'f.yaml': '$schema: x\nflows: {}\n' };
    expect(await problemsOf(files)).toBe('');
  });
});

describe('a number without a unit', () => {
  it.each([
    [inGroup('duration: 10'), 'duration: "10" has no unit. Write 10s, or 10ms.'],
    [inGroup('rampUp: 1.5'), 'rampUp: "1.5" has no unit. Write 1.5s, or 1.5ms.'],
    [asStep('pause: 3'), 'pause: "3" has no unit. Write 3s, or 3ms.'],
    [asStep('get: { path: /, timeout: 5 }'), 'timeout: "5" has no unit. Write 5s, or 5ms.'],
    [beside('assert: [{ duration: 2 }]'), 'duration: "2" has no unit. Write 2s, or 2ms.'],
  ])('%s', async (text, message) => {
    expect(await problemsOf(text)).toContain(message);
  });
});
