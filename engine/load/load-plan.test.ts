import { describe, expect, it } from 'vitest';
import type { Plan } from '../model/plan.ts';
import { loadText, problemsOf } from './test-support/load-files.ts';

const head = 'name: Test\ndefaults: { http: { baseUrl: "http://127.0.0.1" } }\n';

const withSteps = (steps: string) => `${head}threadGroups: [{ name: G, steps: [${steps}] }]\n`;

async function firstStep(step: string) {
  const plan = await loadText(withSteps(step));
  return plan.threadGroups[0]!.steps[0]!;
}

describe('the long form', () => {
  it.each([
    ['{ get: /a }', 'http', { method: 'GET', path: '/a' }],
    ['{ post: { path: /a, json: { id: 1 } } }', 'http', { method: 'POST', path: '/a', json: { id: 1 } }],
    ['{ http: { method: PUT, path: /a } }', 'http', { method: 'PUT', path: '/a' }],
    ['{ pause: 1s }', 'pause', { duration: '1s' }],
    ['{ pause: "${think}" }', 'pause', { duration: '${think}' }],
    ['{ loop: 3, steps: [{ pause: 1s }] }', 'loop', { count: 3 }],
    ['{ transaction: , steps: [{ pause: 1s }] }', 'transaction', {}],
    ['{ get: { path: /, retries: "${n}", timeout: 0 } }', 'http', { retries: '${n}', timeout: 0 }],
    ['{ post: { path: /, json: "${body}" } }', 'http', { json: '${body}' }],
  ])('of %s is of kind %s', async (step, kind, config) => {
    expect(await firstStep(step)).toMatchObject({ kind, config });
  });

  it('keeps the steps of controllers and the branches of choose, without their steps and scope', async () => {
    const step = await firstStep(
      '{ choose: [{ weight: 9, tags: { a: b }, steps: [{ pause: 1s }] }, { weight: 1, steps: [{ loop: 2, steps: [{ get: / }] }] }] }',
    );
    expect(step).toMatchObject({ kind: 'choose', config: {}, steps: [] });
    expect(step.branches.map((branch) => branch.config)).toEqual([{ weight: 9 }, { weight: 1 }]);
    expect(step.branches[0]!.scope.tags).toEqual({ a: 'b' });
    expect(step.branches[1]!.steps[0]!.steps[0]!.kind).toBe('http');
  });

  it('of a group with a flow is one step of kind flow', async () => {
    const plan = await loadText(`${head}flows: { a: [{ pause: 1s }] }\nthreadGroups: [{ name: G, flow: a }]`);
    expect(plan.threadGroups[0]!.steps).toMatchObject([{ kind: 'flow', config: { name: 'a' } }]);
    expect(plan.flows.get('a')?.steps).toHaveLength(1);
  });

  it('of a scope has lists of codes, elements with their kinds, and texts as written', async () => {
    const { scope } = await firstStep(
      '{ get: /, expect: [200, 2xx], tags: { version: 1.10 }, extract: { id: $.id, to: { header: Location } }, assert: [{ status: 200 }] }',
    );
    expect(scope).toMatchObject({
      expect: ['200', '2xx'],
      tags: { version: '1.10' },
      extract: [
        { variable: 'id', kind: 'jsonPath', config: { jsonPath: '$.id' } },
        { variable: 'to', kind: 'header', config: { header: 'Location' } },
      ],
      assert: [{ kind: 'status', config: { status: 200 } }],
    });
  });

  it('keeps the keys of the load in the configuration of a group, as written', async () => {
    const plan = await loadText(
      `${head}threadGroups: [{ name: G, threads: "\${users}", rampUp: 10s, loops: forever, steps: [{ get: / }] }]`,
    );
    expect(plan.threadGroups[0]!.config).toEqual({ threads: '${users}', rampUp: '10s', loops: 'forever' });
  });

  it('has no groups and steps that are not enabled', async () => {
    const plan = await loadText(
      `${head}threadGroups:
  - { name: G, steps: [{ get: / }, { get: /b, enabled: false }] }
  - { name: H, enabled: false, steps: [{ get: / }] }`,
    );
    expect(plan.threadGroups.map((group) => [group.name, group.steps.length])).toEqual([['G', 1]]);
  });

  it.each([
    ['', ['jtl-csv', 'summary'], [{}, {}]],
    ['listeners: []', ['jtl-csv', 'summary'], [{}, {}]],
    ['listeners: [json]', ['jtl-csv', 'summary', 'json'], [{}, {}, {}]],
    ['listeners: [jtl-csv, summary, json]', ['jtl-csv', 'summary', 'json'], [{}, {}, {}]],
    ['listeners: [summary, { jtl-csv: a.jtl }]', ['summary', 'jtl-csv'], [{}, { file: 'a.jtl' }]],
    ['listeners: [{ jtl-csv: { file: a.jtl } }]', ['summary', 'jtl-csv'], [{}, { file: 'a.jtl' }]],
    [
      'listeners: [{ jtl-csv: a.jtl }, jtl-csv]',
      ['summary', 'jtl-csv', 'jtl-csv'],
      [{}, { file: 'a.jtl' }, {}],
    ],
    ['listeners: [{ jtl-csv: false }]', ['summary'], [{}]],
    ['listeners: [{ jtl-csv: false }, json, { summary: false }]', ['json'], [{}]],
  ])('of the listeners in %j is %j', async (text, kinds, configs) => {
    const { listeners } = await loadText(withSteps('{ get: / }') + text);
    expect(listeners.map(({ kind }) => kind)).toEqual(kinds);
    expect(listeners.map(({ config }) => config)).toEqual(configs);
  });

  it.each([
    [
      '- { summary: false }\n  - summary',
      /^plan\.yaml:6:5: listener "summary" is switched off, too: keep one/,
    ],
    ['- summary\n  - summary', /^plan\.yaml:6:5: listener "summary" stands in the list already/],
    [
      '- { json: false }',
      /^plan\.yaml:5:5: only jtl-csv and summary can be switched off\. run\.json is always/,
    ],
    [
      '- { no: false }',
      /^plan\.yaml:5:5: only jtl-csv and summary can be switched off\. unknown listener "no"/,
    ],
    ['- { summary: true }', /^plan\.yaml:5:16: summary: takes no value, found true/],
  ])('refuses the listeners %j', async (entries, message) => {
    await expect(loadText(`${withSteps('{ get: / }')}listeners:\n  ${entries}\n`)).rejects.toThrow(message);
  });

  it('of thresholds is their text and its place', async () => {
    const plan = await loadText(
      `${withSteps('{ get: / }')}thresholds:\n  - a < 1\n  - { threshold: b < 2 }\n`,
    );
    expect(plan.thresholds.map(({ text, at }) => [text, at.line, at.column])).toEqual([
      ['a < 1', 5, 5],
      ['b < 2', 6, 18],
    ]);
  });

  it('is the same for JSON, indented with tabs', async () => {
    const json = { name: 'Test', threadGroups: [{ name: 'G', steps: [{ pause: '1s' }] }] };
    const plan = await loadText(JSON.stringify(json, null, '\t'));
    expect(plan.threadGroups[0]!.steps[0]).toMatchObject({ kind: 'pause', config: { duration: '1s' } });
  });
});

describe('locate', () => {
  it.each([
    ['a value in a mapping of the author', 'http:\n          path: /a', 'path', [7, 17]],
    ['a bare value', 'pause: 1s', 'duration', [6, 16]],
    ['a value beside what an alias sets', 'get:\n          path: /a', 'path', [7, 17]],
    ['what an alias sets, at the alias', 'get: /a', 'method', [6, 9]],
    ['a key that is missing, at the mapping', 'http:\n          path: /a', 'json', [7, 11]],
  ])('finds %s', async (_, step, key, [line, column]) => {
    const plan = await loadText(`${head}threadGroups:\n  - name: G\n    steps:\n      - ${step}\n`);
    const { config } = plan.threadGroups[0]!.steps[0]!;
    expect(plan.locate(config, key)).toMatchObject({ line, column });
  });

  it('finds items of lists, and the flow of a group', async () => {
    const plan = await loadText(
      `${head}flows:\n  a:\n    - post: { path: /, json: [1,\n        2] }\nthreadGroups:\n  - { name: G, flow: a }`,
    );
    const config = plan.flows.get('a')!.steps[0]!.config as { json: object };
    expect(plan.locate(config.json, 1)).toMatchObject({ line: 6, column: 9 });
    expect(plan.locate(plan.threadGroups[0]!.steps[0]!.config, 'name')).toMatchObject({
      line: 8,
      column: 22,
    });
  });

  it('finds nothing for objects that are not of the plan', async () => {
    expect((await loadText(withSteps('{ get: / }'))).locate({})).toBeUndefined();
  });
});

describe('problems', () => {
  it.each([
    ['{ get: { path: /, method: PUT } }', '"get" sets "method" itself. Write "http" to choose.'],
    ['{ get: /, path: / }', 'unknown key "path" beside "get". It belongs into "get".'],
    ['{ get: /, tagz: {} }', 'unknown key "tagz" beside "get". Did you mean "tags"?'],
    ['get', 'expected a step, such as "get: /path", found "get".'],
    ['{ get: /, steps: [{ get: / }] }', '"get" has no steps. Make them steps after it.'],
    ['{ choose: 3 }', 'choose: expected a list of branches, each with steps:, found 3.'],
    ['{ pause: }', 'pause needs "duration".'],
    ['{ get: { path: /, timeout: soon } }', 'expected a duration such as 30s, 500ms or 1m30s, found "soon"'],
    [
      '{ get: { path: /, headers: { A: true } } }',
      'headers.A: expected a text or a number, found true. Put it in quotes',
    ],
    ['{ get: /, assert: [{}] }', 'expected one of status, duration, found none of them.'],
    [
      '{ get: /, assert: [{ status: 200, duration: 1s }] }',
      'expected one kind, found "status" and "duration".',
    ],
    ['{ get: /, assert: status }', 'assert: expected a list, found "status".'],
    [
      '{ get: /, extract: { "a b": $.x } }',
      'extract: expected a text such as issueId, api_url, found "a b".',
    ],
    [
      '{ get: /, extract: { a: 5 } }',
      'expected a JSONPath or a mapping with one of jsonPath, header, found 5.',
    ],
    ['{ get: /, enabled: "no" }', 'enabled: expected true or false, found "no".'],
    ['{ get: /, enabled: false }', 'thread group "G" has no step that is enabled.'],
    ['{ loop: 2, steps: [] }', 'steps: expected at least 1 item.'],
    ['{ flow: nowhere }', 'there is no flow "nowhere". Known: none.'],
  ])('tells what is wrong with %s', async (step, message) => {
    const problems = await problemsOf(withSteps(step));
    expect(problems).toContain(message);
    expect(problems.split('\n')).toHaveLength(1);
  });

  it.each([
    [
      'flows: { a: [{ flow: b }], b: [{ loop: 2, steps: [{ flow: a }] }] }\nthreadGroups: [{ name: G, flow: a }]',
      'a flow contains itself: a → b → a.',
    ],
    ['threadGroups: [{ name: G, startAfter: G, steps: [{ get: / }] }]', 'groups wait for each other: G → G.'],
    [
      'threadGroups: [{ name: G, steps: [{ get: / }], startAfter: H }, { name: H, enabled: false, steps: [{ get: / }] }]',
      'startAfter: the thread group "H" does not run.',
    ],
    ['threadGroups: []', 'threadGroups: expected at least 1 item.'],
    ['threadGroups: [{ name: G, enabled: false, steps: [{ get: / }] }]', 'no thread group is enabled.'],
    [
      'flows: { a: [{ get: / }] }\nthreadGroups: [{ name: G, flow: a, steps: [{ get: / }] }]',
      'has "flow" and "steps". Keep one.',
    ],
    ['threadGroups: many', 'threadGroups: expected a list, found "many".'],
    ['', 'the plan needs "threadGroups".'],
  ])('tells what is wrong with %s', async (text, message) => {
    const problems = await problemsOf(head + text);
    expect(problems).toContain(message);
    expect(problems.split('\n')).toHaveLength(1);
  });

  it('lets a sampler leave out what some defaults set, and only that', async () => {
    const text = 'name: T\nthreadGroups: [{ name: G, steps: [{ get: / }] }]';
    expect(await problemsOf(text)).toBe(
      'plan.yaml:2:37: get needs "baseUrl". Write it here, or in defaults:.',
    );
    expect(await problemsOf(`${text}\ndefaults: { http: { baseUrl: x } }`)).toBe('');
  });
});

describe('flows within flows', () => {
  const flows = (count: number, uses: number) =>
    Array.from({ length: count }, (_, i) => {
      const steps =
        i + 1 < count ? Array.from({ length: uses }, () => `{ flow: f${i + 1} }`) : ['{ pause: 1s }'];
      return `  f${i}: [${steps.join(', ')}]\n`;
    });
  const plan = (list: string[]) => `${head}flows:\n${list.join('')}threadGroups: [{ name: G, flow: f0 }]\n`;

  it('may be many and deep, within reason', async () => {
    expect(await problemsOf(plan(flows(50, 1)))).toBe('');
    expect(await problemsOf(plan(flows(5, 10)))).toBe('');
  });

  it.each([
    ['deep', flows(3000, 1)],
    ['deep, the innermost first', flows(3000, 1).reverse()],
    ['many', flows(12, 10)],
  ])('that are too %s are told', async (_, list) => {
    expect(await problemsOf(plan(list))).toMatch(/more than (50 deep|100000 steps)/);
  });
});

describe('the parameters of a flow', () => {
  const plan = (use: string) =>
    `${head}flows: { f: { parameters: { issueId: {}, mode: { default: fast } }, steps: [{ pause: 1s }] }, g: [{ pause: 1s }] }
threadGroups: [{ name: G, steps: [${use}] }]`;

  it.each([
    ['{ flow: { name: f, with: { issueId: 1 } } }', ''],
    ['{ flow: { name: f, with: { issueId: 1, mode: slow } } }', ''],
    ['{ flow: { name: g, with: { anything: 1 } } }', ''],
    [
      '{ flow: f }',
      'the flow "f" needs the parameter "issueId". Write flow: { name: f, with: { issueId: … } }.',
    ],
    [
      '{ loop: 2, steps: [{ flow: { name: f, with: { issueId: 1, mod: slow } } }] }',
      'the flow "f" has no parameter "mod". Did you mean "mode"?',
    ],
    [
      '{ flow: { name: f, with: { issueId: [1] } } }',
      'with.issueId: expected a text or a number or true or false, found a list.',
    ],
  ])('are checked in %s', async (use, expected) => {
    const found = await problemsOf(plan(use));
    if (expected === '') expect(found).toBe('');
    else expect(found).toContain(expected);
  });

  it('are told when they are badly declared', async () => {
    expect(
      await problemsOf(
        `${head}flows: { f: { parameters: { a: { defalt: 1 } }, stps: [] } }\nthreadGroups: [{ name: G, flow: f }]`,
      ),
    ).toMatch(/defalt|stps/);
  });
});

describe('a plan that is wrong in part', () => {
  it('is inspected without what is wrong, and both are told in order', async () => {
    const seen: string[][] = [];
    const text = withSteps(
      '{ get: { timeout: 5 } }, { loop: x, steps: [{ pause: 1s }] }, { flow: no }, { post: / }',
    );
    const inspect = (plan: Plan, complete: boolean) => {
      seen.push(
        plan.threadGroups[0]!.steps.map(({ kind }) => kind),
        [String(complete)],
      );
      return [{ message: 'from inspection' }];
    };
    const problems = await problemsOf(text, {}, inspect);
    expect(seen).toEqual([['pause', 'http'], ['false']]);
    expect(problems.split('\n')).toHaveLength(5);
    expect(problems).toMatch(/^from inspection\n/);
  });
});
