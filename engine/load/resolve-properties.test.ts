import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mistakes } from '../../test/support/prepare-yaml.ts';
import { loadFiles, loadText, problemsOf } from './test-support/load-files.ts';

const rest = 'threadGroups: [{ name: G, steps: [{ pause: 1s }] }]\n';
const plan = (text: string) => `name: Test\n${text}\n${rest}`;

const layered = plan(
  'properties: { users: 1, token: { env: API_TOKEN, default: d } }\nenvironments: { staging: { properties: { users: 2 } } }',
);
const layers = {
  environment: { environment: 'staging' },
  variable: { env: { LOADPLAN_USERS: '3', API_TOKEN: 't' } },
  file: { propertyFiles: ['users.properties'] },
  option: {
    properties: [
      ['users', '5'],
      ['users', '6'],
    ] as const,
  },
};

describe('the value of a property', () => {
  it.each([
    ['its default', {}, '1', 'default'],
    ['that of the environment', layers.environment, '2', 'environment'],
    ['the environment variable', { ...layers.environment, ...layers.variable }, '3', 'environment variable'],
    ['the property file', { ...layers.variable, ...layers.file }, '4', 'property file'],
    ['the last -J', { ...layers.variable, ...layers.file, ...layers.option }, '6', 'command line'],
  ])('is %s', async (_, options, value, from) => {
    const files = { 'plan.yaml': layered, 'users.properties': '# staff\n! too\n\n users = 4 \n' };
    const { properties } = await loadFiles(files, options);
    expect(properties[0]).toMatchObject({ name: 'users', type: 'integer', value, from });
  });

  it('comes from the environment variable that it names', async () => {
    expect((await loadText(layered, layers.variable)).properties[1]).toMatchObject({
      name: 'token',
      value: 't',
    });
  });

  it.each([
    ['5', 'integer', '5'],
    ['1.10', 'number', '1.10'],
    ['true', 'boolean', 'true'],
    ['30s', 'duration', '30s'],
    ['"5"', 'string', '5'],
    ['', 'string', undefined],
    ['"${sandbox.api}"', 'string', '${sandbox.api}'],
    ['{ type: integer, default: "${__P(n)}" }', 'integer', '${__P(n)}'],
    ['{ type: string, default: 1.10 }', 'string', '1.10'],
    ['{}', 'string', undefined],
  ])('declared as %s is of type %s', async (text, type, value) => {
    const { properties } = await loadText(plan(`properties:\n  p: ${text}`));
    expect(properties[0]).toMatchObject({ type, value, from: value === undefined ? 'nowhere' : 'default' });
  });

  it.each([
    ['integer', '1.5', 'expected an integer, found "1.5".'],
    ['number', 'x', 'expected a number, found "x".'],
    ['boolean', 'yes', 'expected true or false, found "yes".'],
    ['duration', '30', '"30" has no unit. Write 30s, or 30ms.'],
  ])('that is %s is not %s', async (type, value, message) => {
    const problems = await problemsOf(plan(`properties: { p: { type: ${type} } }`), {
      properties: [['p', value]],
    });
    expect(problems).toBe(`-Jp: property "p": ${message}`);
  });

  it('of a required property is asked for', async () => {
    expect(await problemsOf(plan('properties: { a-b: { required: true } }'))).toBe(
      'plan.yaml:2:15: property "a-b" needs a value: -Ja-b=…, or LOADPLAN_A_B=… in the environment.',
    );
  });

  it('that is secret is not shown when it is wrong', async () => {
    const text = plan('properties: { pin: { type: integer, secret: true } }');
    const problems = await problemsOf(text, { properties: [['pin', 'hunter2']] });
    expect(problems).toContain('property "pin": expected an integer');
    expect(problems).not.toContain('hunter2');
  });
});

describe('a property that is not declared', () => {
  it('on the command line is a problem', async () => {
    expect(await problemsOf(layered, { properties: [['user', '1']] })).toBe(
      '-Juser: the plan declares no property "user". Did you mean "users"?',
    );
  });

  it.each(['__P(rate)', '__P(rate,5)', '__property(rate,,5)'])(
    'is known when the plan says %s',
    async (call) => {
      const { properties } = await loadText(plan(`variables: { r: "\${${call}}" }`), {
        properties: [['rate', '9']],
      });
      expect(properties).toMatchObject([{ name: 'rate', value: '9', from: 'command line' }]);
    },
  );

  it('in any environment is a problem', async () => {
    expect(
      await problemsOf(plan('environments: { a: { properties: { usr: 1 } } }\nproperties: { user: 1 }')),
    ).toBe('plan.yaml:2:36: the plan declares no property "usr". Did you mean "user"?');
  });
});

describe('a property file', () => {
  it('with a line that is no pair is told with its line, which may be a secret', async () => {
    const files = { 'plan.yaml': layered, 'a.properties': 'users=1\nhunter2\n=hunter2\n' };
    expect(await problemsOf(files, { propertyFiles: ['a.properties'] })).toBe(
      'a.properties:2:1: expected name=value, found no "=".\na.properties:3:1: expected name=value, found no name.',
    );
  });

  it('names only properties of the plan, as the command line does', async () => {
    const files = {
      'plan.yaml': `${layered}variables: { r: "\${__P(rate)}" }`,
      'a.properties':
        '# staff\n  usres=1\nrate=2\nquaternion=3\njmeter.save.saveservice.url=false\ntokens=\n',
    };
    expect((await problemsOf(files, { propertyFiles: ['a.properties'] })).split('\n')).toEqual([
      'a.properties:2:3: the plan declares no property "usres". Did you mean "users"?',
      'a.properties:4:1: the plan declares no property "quaternion". Known: users, token.',
      expect.stringMatching(
        /^a.properties:5:1: .*"jmeter.save.saveservice.url". It is JMeter’s; .*plan docs jtl-csv/,
      ),
      'a.properties:6:1: the plan declares no property "tokens". Did you mean "token"?',
    ]);
  });

  it('has its place told with a value of the wrong type', async () => {
    const files = { 'plan.yaml': layered, 'a.properties': 'token=x\nusers=many\n' };
    expect(await problemsOf(files, { propertyFiles: ['a.properties'] })).toBe(
      'a.properties:2:1: property "users": expected an integer (as its default is; declare a type to change that), found "many".',
    );
  });

  it('that is missing is told', async () => {
    const problems = await problemsOf(layered, { propertyFiles: ['no.properties'] });
    expect(problems).toMatch(/^properties: there is no file ".*no\.properties"/);
  });
});

describe('an environment', () => {
  const environments = plan(
    'sandbox: { latency: 20ms, errorRate: 1% }\nvariables: { a: 1, b: 1 }\n' +
      'environments: { local: { sandbox: false, variables: { b: 2, c: 2 } }, staging: }',
  );

  it('that is unknown is told, with those that exist', async () => {
    expect(
      await problemsOf(plan('environments: { local: {}, staging: {} }'), { environment: 'stagin' }),
    ).toBe('-e: the plan has no environment "stagin". It has local, staging. Did you mean "staging"?');
  });

  it('is not applied unless asked for', async () => {
    const loaded = await loadText(environments.replace('staging: }', 'staging: {} }'));
    expect(loaded.environment).toBeNull();
    expect(loaded.sandbox).toEqual({ latencyMs: 20, errorRatio: 0.01, seed: 1 });
  });

  it('tells the sandbox how fast it detects and heals, and what it keeps', async () => {
    const options = '{ detection: 500ms, healing: 1s, objectLimit: 2GiB }';
    const loaded = await loadText(plan(`environments: { default: { sandbox: ${options} } }`));
    expect(loaded.sandbox).toMatchObject({ detectionMs: 500, healingMs: 1000, keepObjectBytes: 2 ** 31 });
  });

  it('wins over the plan', async () => {
    const loaded = await loadText(environments.replace('staging: }', 'staging: {} }'), {
      environment: 'local',
    });
    expect(loaded.environment).toBe('local');
    expect(loaded.sandbox).toBeNull();
    expect(loaded.variables.map(({ name, value }) => name + value)).toEqual(['a1', 'b2', 'c2']);
  });

  it('called default applies when none is asked for', async () => {
    const loaded = await loadText(plan('environments: { default: { sandbox: true } }'));
    expect(loaded).toMatchObject({
      environment: 'default',
      sandbox: { latencyMs: 0, errorRatio: 0, seed: 1 },
    });
  });

  it.each([
    ['sandbox: maybe', 'sandbox: expected true or false or a mapping, found "maybe".'],
    [
      'sandbox: { errorRate: 150% }',
      'sandbox.errorRate: expected a number from 0 to 1 or a text such as 1%, found "150%".',
    ],
    ['sandbox: { latency: 5 }', 'sandbox.latency: "5" has no unit. Write 5s, or 5ms.'],
    ['environments: { a: }', 'environments.a: expected a mapping, found nothing.'],
    [
      'environments: { a: { propertys: {} } }',
      'unknown key "propertys" in environments.a. Did you mean "properties"?',
    ],
  ])('or sandbox that says %s is told', async (text, message) => {
    const problems = await problemsOf(plan(text));
    expect(problems).toContain(message);
    expect(problems.split('\n')).toHaveLength(1);
  });
});

describe('a mistake that is told once', () => {
  const plan = `name: P
properties: { limit: { type: integer, default: 5 } }
threadGroups: [{ name: G, threads: "\${limit}", steps: [{ get: "http://127.0.0.1:9/", name: A }] }]
thresholds: ["p95(elapsed) < \${limit}s", "avg(elapsed) < \${limit}s"]
`;

  it('is a value of the wrong type, however many places read it', async () => {
    expect(await mistakes(plan, { properties: [['limit', 'abc']] })).toEqual([
      '-Jlimit: property "limit": expected an integer, found "abc".',
    ]);
  });

  it.each([
    ['a folder', (folder: string) => folder, /is a folder\. Name a file of name=value lines\.$/],
    [
      'bytes',
      (folder: string) => {
        writeFileSync(join(folder, 'b'), Uint8Array.of(0xc3, 0x28));
        return join(folder, 'b');
      },
      /is not UTF-8 text\. A file of properties has lines name=value, in UTF-8\.$/,
    ],
  ])('is %s in the place of a property file, in the words of these', async (_, file, message) => {
    const folder = mkdtempSync(join(tmpdir(), 'properties-'));
    const told = await mistakes(plan, { propertyFiles: [file(folder)] });
    rmSync(folder, { recursive: true });
    expect(told).toEqual([expect.stringMatching(message)]);
  });
});
