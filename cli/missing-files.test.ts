import { describe, expect, it } from 'vitest';
import { mistakes, prepareYaml } from '../test/support/prepare-yaml.ts';

const plan = (...steps: readonly string[]) => `name: T
properties: { host: { default: localhost:80 } }
threadGroups:
  - name: G
    steps:
${steps.map((step) => `      - ${step}`).join('\n')}
`;
const gone = (path: string) => `there is no file "${path}" in the plan's folder`;
const needs = 'needs http:// or https:// and a host, found "localhost:80"';

describe('files that are not there', () => {
  it.each<[string, string, readonly string[]]>([
    ['an address', 'post: { url: "${host}", bodyFile: gone.json }', [gone('gone.json'), needs]],
    ['a charset', 'post: { url: http://127.0.0.1:9, bodyFile: gone.json, charset: utf-99 }', ['utf-99']],
    [
      'an address beside a certificate',
      'get: { url: "${host}", certificate: { cert: gone.pem, key: gone.key } }',
      [gone('gone.pem'), gone('gone.key'), needs],
    ],
  ])('do not hide %s', async (_, step, messages) => {
    const told = await mistakes(plan(step));
    for (const message of messages) expect(told.filter((line) => line.includes(message))).toHaveLength(1);
  });

  it('are told once each, and what is there is checked', async () => {
    const told = await mistakes(
      plan(
        'get: { url: http://127.0.0.1:9, ca: gone.pem }',
        'get: { url: "http://127.0.0.1:9", ca: plan.yaml }',
      ),
    );
    expect(told).toHaveLength(2);
    expect(told.join('\n')).toMatch(/gone\.pem[^]*plan\.yaml/);
  });

  it('may be made by a process before a function reads them', async () => {
    const steps = [
      "process: 'touch later.txt'",
      "post: { url: http://127.0.0.1:9, body: '${__FileToString(later.txt)}' }",
    ];
    await expect(prepareYaml(plan(...steps))).resolves.toBeDefined();
    await expect(prepareYaml(plan(...steps.slice(1)))).rejects.toThrow(gone('later.txt'));
  });
});
