import { describe, expect, it } from 'vitest';
import * as yamlPlans from '../../test/support/prepare-yaml.ts';
import type { CompiledController, CompiledSampler, CompiledStep } from '../model/compiled-plan.ts';

/** The tests' plans name no server unless they are about it. */
const withServer = (yaml: string) =>
  yaml.includes('baseUrl') ? yaml : `${yaml}defaults: { http: { baseUrl: 'http://127.0.0.1' } }\n`;
const prepareYaml = (yaml: string, request = {}) => yamlPlans.prepareYaml(withServer(yaml), request);
const mistakes = (yaml: string, request = {}) => yamlPlans.mistakes(withServer(yaml), request);

const group = (steps: string, more = '') => `name: T
${more}
threadGroups:
  - name: G
    steps:
${steps.replaceAll(/^/gm, '      ')}
`;

async function firstStep(yaml: string): Promise<CompiledStep> {
  const { compiled } = await prepareYaml(yaml);
  return compiled.groups.find(({ phase }) => phase === 'main')!.steps[0]!;
}

const sampler = async (yaml: string) => (await firstStep(yaml)) as CompiledSampler;

describe('compilePlan', () => {
  it('tells what functions complain of in variables, at the variable', async () => {
    const variables = 'variables:\n  a: "${__FileToString(none.txt)}"\n  b: "${__log(fine,ERROR)}"\n';
    const found = await mistakes(group('- get: /${a}${b}', variables));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^plan.yaml:3:\d+: __FileToString: none.txt: .*ENOENT/);
  });

  it('gives plain data that can travel', async () => {
    const { compiled } = await prepareYaml(
      group(
        "- if: \"${__P(a)} == '${b}'\"\n  steps: [{ get: '/${__UUID()}', json: {} }]".replace(
          ', json: {}',
          '',
        ),
        'variables: { b: "1" }',
      ),
    );
    expect(structuredClone(compiled)).toEqual(compiled);
  });

  it('puts constants into templates, and leaves what a user must render', async () => {
    const step = await sampler(
      group(
        '- get: /${area}/${__P(kind,x)}/${__threadNum}\n  extract: { id: $.id }',
        'variables: { area: issues }',
      ),
    );
    expect(step.label).toBe('GET /issues/x/${__threadNum}');
    expect(step.config).toMatchObject({
      object: expect.arrayContaining([
        [
          'path',
          {
            text: ['/issues/x/', { function: '__threadNum', args: [], slot: expect.any(Number) as number }],
            as: 'string',
            path: 'path',
          },
        ],
      ]) as unknown,
    });
  });

  it('does not put in a variable that the run sets', async () => {
    const step = await sampler(group('- get: /${id}\n  extract: { id: $.id }', 'variables: { id: "0" }'));
    expect(JSON.stringify(step.config)).toContain('{"variable":"id"}');
  });

  it('gives operations of other samplers in a step the defaults of their kind, and what the author left out', async () => {
    const yaml = `name: T
defaults: { http: { baseUrl: "http://127.0.0.1", headers: { X-Plan: "1" } }, healing-trigger: { interval: 2s } }
threadGroups:
  - name: G
    steps:
      - healing-trigger: { issue: x, heal: { http: { path: /h, headers: { x-plan: "2" } }, until: { jsonPath: $.a } } }
`;
    const { compiled } = await prepareYaml(yaml);
    const [step] = compiled.groups[0]!.steps;
    expect(step).toMatchObject({
      config: {
        constant: {
          interval: 2000,
          timeout: 300_000,
          inject: { http: { baseUrl: 'http://127.0.0.1', method: 'POST', json: '{"issue_type":"x"}' } },
          detect: {
            http: {
              baseUrl: 'http://127.0.0.1',
              path: '/healing/issues/{issueId}',
              headers: { 'X-Plan': '1' },
            },
          },
          heal: { http: { path: '/h', headers: { 'x-plan': '2' } }, until: { jsonPath: '$.a', not: false } },
        },
      },
    });
  });

  it('lays defaults over each other, the nearest last, headers key by key in any case', async () => {
    const step = await sampler(`name: T
defaults: { http: { baseUrl: "http://127.0.0.1", headers: { Accept: a, X-Plan: "1" }, timeout: 5s } }
threadGroups:
  - name: G
    defaults: { http: { headers: { accept: b, X-Group: "2" }, timeout: 1m } }
    steps: [{ get: { path: /, headers: { X-Step: "3" } } }]
`);
    expect(step.config).toMatchObject({
      constant: {
        baseUrl: 'http://127.0.0.1',
        timeout: 60_000,
        method: 'GET',
        headers: { accept: 'b', 'X-Plan': '1', 'X-Group': '2', 'X-Step': '3' },
      },
    });
  });

  it('gathers extractors and assertions outermost first, tags and the nearest expect', async () => {
    const step = (
      (await firstStep(`name: T
tags: { team: data, level: plan }
expect: 200
assert: [{ duration: 1s }]
extract: { a: $.a }
threadGroups:
  - name: G
    assert: [{ duration: 2s }]
    steps:
      - loop: 2
        tags: { level: loop }
        expect: 2xx
        assert: [{ duration: 3s }]
        steps: [{ get: /, extract: { b: $.b }, assert: [{ duration: 4s }] }]
`)) as CompiledController
    ).steps[0] as CompiledSampler;
    expect(step.assertions.map(({ config }) => config)).toEqual(
      [1000, 2000, 3000, 4000].map((duration) => ({ constant: { duration, applyTo: 'main' } })),
    );
    expect(step.extractors.map(({ variable }) => variable)).toEqual(['a', 'b']);
    expect(step.tags).toEqual({ team: 'data', level: 'loop' });
    expect(step.expect).toEqual(['2xx']);
    expect(step.keepBody).toBe(true);
  });

  it.each([
    ['json: { a: 1, b: [true, null, "x\\"y"] }', '{"a":1,"b":[true,null,"x\\"y"]}'],
    ['query: { a: 1, b: [x y, "&"] }', 'a=1&b=x%20y&b=%26'],
    ['form: { a: ü }', 'a=%C3%BC'],
    ['json: "${v}"', '"1"'],
    ['json: { $number: "${v}" }', '1'],
    ['json: { $number: "${__threadNum}" }', undefined],
    [
      'json: { a: { $number: "-0.50" }, b: { $number: 9007199254740991 } }',
      '{"a":-0.50,"b":9007199254740991}',
    ],
    ['json: { $json: \' {"a": 9007199254740993}\' }', '{"a": 9007199254740993}'],
  ])('writes %s as text once', async (key, text) => {
    const step = await sampler(group(`- post: { path: /, ${key} }`, 'variables: { v: "1" }'));
    const name = key.split(':')[0]!;
    if (text === undefined) expect(JSON.stringify(step.config)).toContain('"encode":"jsonNumber"');
    else expect((step.config as { constant: Record<string, unknown> }).constant[name]).toBe(text);
  });

  it('keeps nothing of the response that nothing reads', async () => {
    const step = await sampler(group('- get: /\n  assert: [{ status: 200 }, { duration: 1s }]'));
    expect([step.keepBody, step.keepHeaders]).toEqual([false, false]);
  });

  it.each([
    ['contains: x', [true, false, false]],
    ['contains: x, in: headers', [false, true, false]],
    ['matches: x, in: code', [false, false, false]],
    ['equals: x, in: requestBody', [false, false, true]],
    ['notContains: x, source: v', [false, false, false]],
  ])('keeps only what { %s } reads', async (assertion, kept) => {
    const step = await sampler(group(`- get: /\n  assert: [{ ${assertion} }]`));
    expect([step.keepBody, step.keepHeaders, step.keepRequest]).toEqual(kept);
  });

  const keeps = (keepBody: boolean, keepHeaders: boolean, keepRequest: boolean) => ({
    keepBody,
    keepHeaders,
    keepRequest,
  });

  it.each([
    ['assert: [{ contains: x }], extract: { a: $.a }', undefined],
    ['assert: [{ contains: x, applyTo: main }]', undefined],
    ['assert: [{ duration: 1s, applyTo: subs }]', undefined],
    ['assert: [{ contains: x }, { header: a, applyTo: subs }]', keeps(false, true, false)],
    ['check: [{ equals: x, in: requestBody, applyTo: all }]', keeps(false, false, true)],
    ['extract: { a: { jsonPath: $.a, applyTo: all } }', keeps(true, false, false)],
    ['extract: { a: { regex: x, from: url, applyTo: all } }', undefined],
  ])('keeps of sub-samples only what { %s } reads of them', async (elements, kept) => {
    const step = await sampler(group(`- { get: /, ${elements} }`));
    expect(step.keepOfParts).toEqual(kept);
    if (!kept) expect(step).not.toHaveProperty('keepOfParts');
  });

  it('replaces a flow by its steps, with the scope of both places', async () => {
    const { compiled } = await prepareYaml(`name: T
flows: { look: [{ get: /a, tags: { inner: "1" } }, { get: /b }] }
threadGroups: [{ name: G, steps: [{ flow: look, tags: { outer: "2" } }] }]
`);
    expect(compiled.groups[0]!.steps.map(({ tags }) => tags)).toEqual([
      { outer: '2', inner: '1' },
      { outer: '2' },
    ]);
  });

  it('evaluates variables once, in order, and reads numbers from templates', async () => {
    const { compiled } = await prepareYaml(
      `name: T
properties: { users: { type: integer, default: 3 }, secret: { default: s3cret, secret: true } }
variables: { double: "\${users}\${users}", dice: "\${__Random(1,6)}", count: "\${__counter(FALSE)}" }
setUp: [{ get: /token }]
threadGroups:
  - { name: A, threads: "\${double}", rampUp: 10s, duration: 1m, steps: [{ get: / }] }
  - { name: B, startAfter: A, loops: 2, onError: stopTest, steps: [{ get: / }] }
tearDown: [{ get: /bye }]
`,
      { properties: [['users', '4']] },
    );
    expect(compiled.variables['double']).toBe('44');
    expect(compiled.variables['count']).toBe('1');
    expect(compiled.variables['dice']).toMatch(/^[1-6]$/);
    expect(compiled.secrets).toEqual(['s3cret']);
    expect(
      compiled.groups.map(({ steps, ...rest }) => [
        rest.phase,
        rest.number,
        rest.threads,
        rest.loops,
        rest.durationMs,
        rest.startAfter,
        steps.length,
      ]),
    ).toEqual([
      ['setUp', 1, 1, 1, null, null, 1],
      ['main', 1, 44, null, 60_000, null, 1],
      ['main', 2, 1, 2, null, 1, 1],
      ['tearDown', 1, 1, 1, null, null, 1],
    ]);
  });

  it('puts together what listeners ask of samples; without any such listener there is nothing', async () => {
    const carried = async (written: string) =>
      (await prepareYaml(`${group('- get: /', 'variables: { a: "1", b: "2" }')}listeners: [${written}]\n`))
        .compiled.carried;
    expect(await carried('jtl-csv, summary, json')).toBeUndefined();
    expect(
      await carried('{ jtl-csv: { sampleVariables: [a] } }, { jtl-xml: { sampleVariables: [b, a] } }'),
    ).toEqual({ variables: ['a', 'b'], contents: [] });
    expect(await carried('failures: 2')).toMatchObject({
      variables: [],
      contents: [{ of: 'failed', perLabelAndCode: 2, limitBytes: 65_536 + 8192 }],
    });
  });

  it.each([
    [
      'jtl-csv: { sampleVariables: [isueId] }',
      'nothing sets the variable "isueId", which samples are to carry. Did you mean "issueId"?',
    ],
    [
      'jtl-csv: { columns: [label], add: [Hostname] }',
      'columns names them all; add and without change the usual ones: keep one or the other',
    ],
    [
      'jtl-csv: { timestampFormat: "yyyy-BB" }',
      'timestampFormat: the letter "B" in the date pattern "yyyy-BB" is not known',
    ],
    ['csv: run.json', 'run.json is taken by the result of the run: give the listener csv another file'],
    [
      'jtl-csv: {} }, { jtl-csv: {}',
      'samples.jtl is taken by the listener jtl-csv: give the listener jtl-csv another file',
    ],
    [
      'failures: { folder: a } }, { responses: { folder: a }',
      'a is taken by the listener failures: give the listener responses another folder',
    ],
    ['csv: ../a.csv', 'expected a text such as aggregate.csv, found "../a.csv"'],
    ['jtl-csv: { columns: [Label] }', 'label'],
    ['jtl-csv: { delimiter: ab }', 'delimiter'],
  ])('of the listener { %s } tells: %s', async (written, expected) => {
    const yaml = `${group('- get: /', 'variables: { issueId: "1" }')}listeners: [{ ${written} }]\n`;
    const [mistake, ...more] = await mistakes(yaml);
    expect(mistake).toContain(expected);
    expect(mistake).toMatch(/^plan\.yaml:\d+:\d+: /);
    expect(more).toEqual([]);
  });

  it('reads the options of listeners, defaults included', async () => {
    const listeners = async (written: string) =>
      (await prepareYaml(`${group('- get: /')}listeners: [${written}, summary: false]\n`)).compiled.listeners;
    expect(await listeners('jtl-csv: { flush: 2s }')).toMatchObject([
      { kind: 'jtl-csv', config: { flush: 2000, file: 'samples.jtl', timestampFormat: 'ms' } },
    ]);
    expect(await listeners('jtl-csv')).toMatchObject([{ kind: 'jtl-csv', config: { flush: 200 } }]);
  });

  it('runs only the groups asked for, and lets go of what they would wait for', async () => {
    const yaml =
      'name: T\nthreadGroups:\n  - { name: A, steps: [{ get: / }] }\n  - { name: B, startAfter: A, steps: [{ get: / }] }\n';
    const { compiled } = await prepareYaml(yaml, { groups: ['B'] });
    expect(compiled.groups.map(({ name, startAfter }) => [name, startAfter])).toEqual([['B', null]]);
    expect(await mistakes(yaml, { groups: ['C'] })).toEqual(
      ['there is no thread group "C". Known: A, B. Did you mean "A"?'.replace(' Did you mean "A"?', '')].map(
        (text) => expect.stringContaining(text) as string,
      ),
    );
  });
});

describe('mistakes found before the run', () => {
  it.each([
    [
      'an unknown variable',
      '- get: /${isueId}\n  extract: { issueId: $.id }',
      'plan.yaml:6:14: nothing sets the variable "isueId". Did you mean "issueId"?',
    ],
    ['numbers the wrong way round', '- get: /${__Random(5,1)}', '__Random: needs min ≤ max, found 5 and 1'],
    [
      'code in a template',
      '- get: /${__groovy(1 + 1)}',
      'plan.yaml:6:14: __groovy is not here: it runs code',
    ],
    ['an unknown function', '- get: /${__rand(1,2)}', 'plan.yaml:6:14: unknown function "__rand"'],
    [
      'a wrong number of arguments',
      '- get: /${__Random(1)}',
      'plan.yaml:6:14: __Random takes (min, max, [variable]), found 1 argument',
    ],
    [
      'an XPath that is none, in a function',
      '- get: /${__XPath(a.xml, //a[)}',
      'plan.yaml:6:14: __XPath: "//a[" is not an XPath 1.0 expression',
    ],
    ['a template that does not close', '- get: /${id', 'plan.yaml:6:14: "${" has no closing "}" in "/${id"'],
    [
      'a condition that is no comparison',
      '- if: a = 1\n  steps: [{ get: / }]',
      'plan.yaml:6:13: "a = 1" is not a comparison',
    ],
    [
      'a JSONPath that is none',
      '- get: /\n  extract: { id: "$.[" }',
      'plan.yaml:7:24: "$.[" is not a JSONPath',
    ],
    ['a pause without a unit', '- pause: "3"', 'plan.yaml:6:16: "3" has no unit. Write 3s, or 3ms'],
    ['a pause that runs backwards', '- pause: 3s..1s', 'the smaller first, found "3s..1s"'],
    [
      'a method that its template makes impossible',
      '- http: { method: "${__P(none,G T)}", path: / }',
      'method must be a text that matches ^[A-Z',
    ],
    ['a sandbox that is not asked for', '- get: ${sandbox.api}/x', 'Write `sandbox: true` in the plan'],
  ])('%s', async (_, steps, message) => {
    expect((await mistakes(group(steps))).join('\n')).toContain(message);
  });

  it.each([
    ['users: many', 'threads', 'threads must be a whole number, rendered as "many"'],
    [
      'users: "-1"',
      'threads',
      'threads must be a whole number of at least 0 and at most 1000000, its template gives -1',
    ],
    ['users: 5', 'rampUp', 'rampUp must be a duration such as 30s or 500ms, rendered as "5"'],
    ['users: sometimes', 'onError', 'onError: expected one of "continue"'],
  ])('%s in %s', async (variable, key, message) => {
    const yaml = `name: T\nvariables: { ${variable} }\nthreadGroups: [{ name: G, ${key}: "\${users}", steps: [{ get: / }] }]\n`;
    expect((await mistakes(yaml)).join('\n')).toContain(message);
  });

  it.each([
    ['p95(elapsed){name=Chekout} < 1s', 'Did you mean "Checkout"?'],
    ['p95(elapsed){endpont=issues} < 1s', 'endpont'],
    ['p95(elapsd) < 1s', 'elapsd'],
    ['p95(elapsed) < 500', '500'],
  ])('the threshold %s', async (text, message) => {
    const yaml = `name: T\nthreadGroups: [{ name: G, steps: [{ get: /, name: Checkout, tags: { endpoint: issues } }] }]\nthresholds: ['${text}']\n`;
    const [line] = await mistakes(yaml);
    expect(line).toMatch(/^plan\.yaml:3:14: /);
    expect(line).toContain(message);
  });

  it.each([
    ['no server', 'steps: [{ get: / }]', 'plan.yaml:2:35: nothing says which server to ask'],
    [
      'two bodies',
      "steps: [{ post: { url: 'http://127.0.0.1', json: {}, body: x } }]",
      'plan.yaml:2:35: a request has one body, found json and body',
    ],
  ])('a request with %s', async (_, steps, message) => {
    expect(
      (await yamlPlans.mistakes(`name: T\nthreadGroups: [{ name: G, ${steps} }]\n`)).join('\n'),
    ).toContain(message);
  });

  it('a group that never ends', async () => {
    expect(
      await mistakes('name: T\nthreadGroups: [{ name: G, loops: forever, steps: [{ get: / }] }]\n'),
    ).toEqual(['plan.yaml:2:16: the group "G" never ends: give it a duration, or a number of loops']);
  });

  it('a plan that multiplies itself', async () => {
    const level = (name: string, next: string) =>
      `  ${name}: [${Array(20).fill(`{ flow: ${next} }`).join(', ')}]`;
    const yaml = `name: T\nflows:\n${level('a', 'b')}\n${level('b', 'c')}\n${level('c', 'd')}\n${level('d', 'e')}\n  e: [{ get: / }]\nthreadGroups: [{ name: G, flow: a }]\n`;
    expect((await mistakes(yaml)).join('\n')).toContain('more than 100000 steps');
  });
});
