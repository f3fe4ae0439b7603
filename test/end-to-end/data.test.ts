import { describe, expect, it } from 'vitest';
import { target, workshop } from '../support/workshop-and-target.ts';

const plan = (data: string, threads: number, loops: number) =>
  `name: Data
defaults: { http: { baseUrl: "${target.url}" } }
threadGroups:
  - { name: G, threads: ${threads}, loops: ${loops}, data: [${data}], steps: [{ get: "/\${user}/\${n}" }] }
`;

const paths = () => target.requests.map(({ path }) => path).sort();

describe('data files', () => {
  it('hand out each row once over two workers', async () => {
    workshop.write('users.csv', Array.from({ length: 40 }, (_, n) => `u${n},${n}`).join('\n'));
    workshop.write('x.yaml', plan('{ csv: users.csv, names: [user, n] }', 8, 5));
    expect((await workshop.plan('run', 'x.yaml', '--workers', '2')).code).toBe(0);
    expect(paths()).toEqual(Array.from({ length: 40 }, (_, n) => `/u${n}/${n}`).sort());
  });

  it.each([
    ['start anew', '{ csv: users.csv, sets: [user, n] }', ['/a/1', '/a/1', '/b/2']],
    [
      'end the user',
      '{ csv: users.csv, sets: [user, n], recycle: false, stopAtEnd: true }',
      ['/a/1', '/b/2'],
    ],
    [
      'say that they ended',
      '{ csv: users.csv, sets: [user, n], recycle: false }',
      ['/<EOF>/<EOF>', '/a/1', '/b/2'],
    ],
    ['hold objects', '{ json: users.json, sets: [user, n] }', ['/x/1', '/x/1', '/y/']],
  ])('%s', async (_, data, expected) => {
    workshop.write('users.csv', 'user,n\na,1\nb,2\n');
    workshop.write('users.json', '[{ "user": "x", "n": 1 }, { "user": "y" }]');
    workshop.write('x.yaml', plan(data, 1, 3));
    await workshop.plan('run', 'x.yaml');
    expect(paths()).toEqual(expected);
  });

  it('that are missing or elsewhere are mistakes before the run', async () => {
    workshop.write(
      'x.yaml',
      plan('{ csv: none.csv, names: [user, n] }, { csv: ../x.csv, names: [a] }', 1, 1),
    );
    const { code, stderr } = await workshop.plan('run', 'x.yaml');
    expect(code).toBe(104);
    expect(stderr).toMatch(/x\.yaml:4:\d+: there is no file "none\.csv" in the plan's folder/);
    expect(stderr).toContain('the file "../x.csv" lies outside');
  });
});
