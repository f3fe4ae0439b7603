import { describe, expect, it } from 'vitest';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';

const steps = (step: string) => `name: T
variables: { id: 1 }
threadGroups:
  - name: G
    steps:
      - ${step}
`;
const inBody = (text: string) => steps(`post: { url: http://127.0.0.1:9/, body: ${JSON.stringify(text)} }`);
const inPath = (text: string) => steps(`get: { baseUrl: http://127.0.0.1:9, path: ${JSON.stringify(text)} }`);

describe('what other tools would fill in, in a body', () => {
  it.each([
    [
      '{"id":"{{id}}"}',
      '{{id}} would be sent as it is: a variable is written ${id}. Where the braces are meant, write ${__char(123)}{id}}',
    ],
    ['{{ id }}', '{{ id }} would be sent as it is'],
    [
      '#{id}',
      '#{id} would be sent as it is: a variable is written ${id}. Where the braces are meant, write #${__char(123)}id}',
    ],
    ['{{ $randomNumber(1, 9) }}', 'write ${__Random(1,100)}'],
    ['{{$guid}}', 'write ${__UUID()}'],
    ['{{$timestamp}}', 'write ${__time()}'],
    ['{{ $faker.name }}', 'what is made is written ${__name()}'],
    [
      '{{ $processEnvironment.HOST }}',
      'declare "properties: { HOST: { env: HOST } }", which reads it, and write ${HOST}',
    ],
    ['{{ $env.HOST }}', 'write ${HOST}'],
    [
      '${__ENV.HOST}',
      'nothing sets the variable "__ENV.HOST". For a value of the environment declare "properties: { HOST: {',
    ],
  ])('%s is a mistake', async (text, message) => {
    expect((await mistakes(inBody(text))).join('\n')).toContain(message);
  });

  it.each([
    ...['{{other}}', '{% if x %}{{ item.name }}{% endif %}', 'query { a { b }}', '${__char(123)}{id}}'],
    ...['{{#each}}', '#{other}', '{{=<% %>=}}'],
  ])('%s may be meant', async (text) => {
    await expect(prepareYaml(inBody(text))).resolves.toBeDefined();
  });
});

describe('what other tools would fill in, in an address', () => {
  it.each([
    ['/a/{{other}}', '{{other}} would be sent as it is: a variable is written ${other}.'],
    ['/a/{{ id }}/${id}', '{{ id }} would be sent as it is: a variable is written ${id}.'],
    ['/a/{{ $x }}', '{{ $x }} would be sent as it is: what is made is written ${__name()}'],
    ['/a/#{user}', '#{user} would be sent as it is: a variable is written ${user}.'],
    ['{{host}}/a', '{{host}} would be sent as it is: a variable is written ${host}.'],
  ])('is told once: %s', async (path, message) => {
    const told = await mistakes(inPath(path));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(message);
  });

  it('is told once where nothing says which server is meant', async () => {
    const told = await mistakes(steps('get: "{{host}}/a"'));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/:6:14: \{\{host\}\} would be sent as it is/);
  });
});
