import { describe, expect, it } from 'vitest';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';
import type { JsonSchema } from '../model/json-schema.ts';
import { controllers, dataSources, processors, timers } from './index.ts';

const plan = (steps: string) => `name: T
defaults: { http: { baseUrl: 'http://127.0.0.1' } }
metrics: { m: { type: counter } }
variables: { role: admin, wait: 2s }
threadGroups:
  - name: G
    steps:
${steps.replaceAll(/^/gm, '      ')}
`;
const around = (key: string, element: string) => `- get: /\n  ${key}: [${element}]`;

describe('elements as written in a plan', () => {
  it.each([
    '- while: "${role} != \'admin\'"\n  steps: [{ get: / }]',
    '- while: { untilFailure: atEnd }\n  steps: [{ get: / }]',
    '- forEach: { prefix: id, as: one, to: 3 }\n  steps: [{ get: "/${one}" }]',
    '- forEach: { in: [open, 7], as: one }\n  steps: [{ get: "/${one}" }]',
    '- once:\n  steps: [{ get: / }]',
    '- once: { per: user }\n  steps: [{ get: / }]',
    '- interleave: { acrossUsers: true }\n  steps: [{ get: / }, { pause: 1s }]',
    '- random:\n  steps: [{ get: / }]',
    '- random: { blocks: ignore }\n  steps: [{ simple: , steps: [{ get: / }] }, { interleave: { blocks: whole }, steps: [{ get: / }] }]',
    '- get: /\n  extract: { a: { css: p, applyTo: all }, b: { header: h, applyTo: subs } }\n  assert: [{ status: 2xx, applyTo: subs }, { xml: true, applyTo: all }]',
    '- randomOrder:\n  steps: [{ get: / }]',
    '- switch: ${role}\n  steps: [{ get: /, name: admin }]',
    '- throughput: 30\n  steps: [{ get: / }]',
    '- throughput: { total: 5, perUser: true }\n  steps: [{ get: / }]',
    '- runtime: 30s\n  steps: [{ get: / }]',
    '- runtime: ${wait}\n  steps: [{ get: / }]',
    '- critical:\n  steps: [{ get: / }]',
    '- critical: stock\n  steps: [{ get: / }]',
    '- parallel: 6\n  steps: [{ get: / }]',
    '- simple:\n  name: Several\n  steps: [{ get: / }]',
    '- transaction: { name: T, parent: true }\n  steps: [{ get: / }]',
    '- action: breakLoop\n- get: /',
    '- set: { page: 1, text: "${role}" }\n- get: /${page}/${text}',
    '- record: m\n  value: 1\n  tags: { of: x }',
    '- draw: role\n  from: [a, b]\n- draw: [d, t]\n  from: { x: [y] }\n- change: role\n  toggle: random\n- get: /${role}${d}${t}',
    '- log: done\n  level: WARN\n- unset: [a]\n- userParameters: [{ b: 1 }]',
    '- script: vars.set("x", String(data.limit))\n  data: { limit: "${role}" }\n- get: /${x}',
    around('timers', '{ constant: 300ms }, { uniform: 1s..3s }, { gaussian: 1s, deviation: 100ms }'),
    around('timers', '{ poisson: 100ms, delay: "${wait}" }, { throughput: 60/m, mode: user }'),
    around('timers', '{ precise: 100/h, window: 1h, seed: 3 }, { synchronize: all, timeout: 5s }'),
    around('before', '{ set: { a: "${role}" } }, { unset: [b] }, { log: "is ${a}", level: WARN }'),
    '- get: /${a}\n  before: [{ userParameters: [{ a: 1 }, { a: 2 }] }]',
    '- loop: 2\n  data: [{ counter: n, format: "000" }, { randomVariable: dice, max: 6 }]\n  steps: [{ get: "/${n}/${dice}" }]',
  ])('%s', async (steps) => {
    const { compiled } = await prepareYaml(plan(steps));
    expect(structuredClone(compiled)).toEqual(compiled);
  });

  it.each([
    ['- while: {}\n  steps: [{ get: / }]', 'expected either a condition or untilFailure'],
    [
      '- while: { condition: true, untilFailure: atEnd }\n  steps: [{ get: / }]',
      'expected either a condition',
    ],
    ['- interleave: { blocks: both }\n  steps: [{ get: / }]', 'blocks: expected one of'],
    ['- get: /\n  extract: { a: { regex: x, applyTo: parts } }', 'applyTo: expected one of'],
    ['- get: /\n  extract: { a: { regex: x, source: role, applyTo: all } }', 'applyTo has no meaning'],
    ['- get: /\n  assert: [{ contains: x, source: role, applyTo: subs }]', 'applyTo has no meaning'],
    ['- get: /\n  assert: [{ script: "1", applyTo: all }]', 'applyTo'],
    ['- forEach: { as: x }\n  steps: [{ get: / }]', 'expected either prefix or in'],
    ['- throughput: { percent: 5, total: 5 }\n  steps: [{ get: / }]', 'expected either percent or total'],
    ['- throughput: 130\n  steps: [{ get: / }]', '100'],
    ['- action: leave', 'breakLoop'],
    ['- runtime: 30\n  steps: [{ get: / }]', '30s'],
    ['- record: n\n  value: 1', 'the plan declares no metric "n". Did you mean "m"?'],
    ['- record: m\n  value: -1', 'a counter only rises'],
    ['- set: {}', 'set'],
    ['- log: x\n  levle: WARN', 'unknown key "levle" beside "log". Did you mean "level"?'],
    ['- log: x\n  level: LOUD', 'level: expected one of'],
    ['- log: x\n  steps: [{ get: / }]', '"log" has no steps'],
    ['- script: "1"\n  data: [{ csv: a.csv }]', 'data: expected a mapping'],
    [around('timers', '{ uniform: 3s..1s }'), 'the smaller first'],
    [around('timers', '{ throughput: fast }'), 'expected a rate above 0 such as 60/m'],
    [around('timers', '{ precise: 0/s }'), 'expected a rate above 0'],
    [around('timers', '{ synchronize: 0 }'), 'synchronize'],
    [around('timers', '{ gaussian: 1s }'), 'deviation'],
    [around('data', '{ counter: n, start: 5, end: 4 }'), 'end must not be below start'],
    [around('data', '{ counter: n, resetEachIteration: true }'), 'needs perUser'],
    [around('data', '{ counter: n, format: "n" }'), 'expected a pattern of zeros'],
    [around('data', '{ randomVariable: n, max: 0 }'), 'max must not be below min'],
  ])('%s is a mistake: %s', async (steps, message) => {
    expect((await mistakes(plan(steps))).join('\n')).toContain(message);
  });

  it('an element that applies to several samplers is one', async () => {
    const steps = '- simple:\n  timers: [{ throughput: 1/s }]\n  steps: [{ get: /a }, { get: /b }]';
    const { compiled } = await prepareYaml(plan(steps));
    const [controller] = structuredClone(compiled).groups[0]!.steps;
    const inside = controller?.type === 'controller' ? controller.steps : [];
    const [a, b] = inside.map((step) => (step.type === 'sampler' ? step.timers[0] : undefined));
    expect(a?.kind).toBe('throughput');
    expect(b).toBe(a);
  });

  it.each([
    ['a sampler', '- get: /\n  data: [{ counter: n }]'],
    ['a flow step', '- flow: f\n  data: [{ counter: n }]'],
    ['a branch', '- choose: [{ steps: [{ get: / }], data: [{ counter: n }] }]'],
    ['a controller', '- loop: 1\n  data: [{ counter: n }]\n  steps: [{ get: / }]'],
  ])('data at %s is moved on', async (_, steps) => {
    const { compiled } = await prepareYaml(`${plan(steps)}flows: { f: [{ get: / }] }\n`);
    expect(JSON.stringify(compiled).split('"kind":"counter"')).toHaveLength(2);
  });

  it.each(
    [controllers, timers, processors, dataSources].flatMap((kinds) =>
      [...kinds.values()].map(({ kind, schema }) => [kind, schema] as const),
    ),
  )('%s describes and shows by example every key', (_, schema: JsonSchema) => {
    expect(schema.description).toMatch(/\.$/);
    for (const [key, property] of Object.entries(schema.properties ?? {})) {
      expect(property.description, key).toMatch(/\.$/);
      expect(property.examples?.length, key).toBeGreaterThan(0);
    }
  });
});
