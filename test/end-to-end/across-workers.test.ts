import { join } from 'node:path';
import { expect, it } from 'vitest';
import { target, workshop } from '../support/workshop-and-target.ts';

it('a property that is set during the run is seen by the users of all workers', async () => {
  workshop.write(
    'x.yaml',
    `name: Properties
properties: { colour: red }
defaults: { http: { baseUrl: "${target.url}" } }
setUp:
  - get: "/before/\${__P(colour)}\${__setProperty(colour,green)}"
  - get: "/at-once/\${__P(colour)}"
threadGroups:
  - { name: A, threads: 4, steps: [{ get: "/a/\${__P(colour)}" }, { if: "\${__threadNum} == 2", steps: [{ script: "props.put('colour', 'blue')" }] }] }
  - { name: B, startAfter: A, threads: 4, steps: [{ get: "/b/\${__P(colour)}/\${colour}" }] }
`,
  );
  expect(await workshop.plan('run', 'x.yaml', '--workers', '2')).toMatchObject({ code: 0, stderr: '' });
  const paths = target.requests.map(({ path }) => path);
  expect(paths.slice(0, 2)).toEqual(['/before/red', '/at-once/green']);
  // Group A may or may not see what one of its own users sets at the same time.
  expect(paths.filter((path) => path.startsWith('/a/'))).toContain('/a/green');
  expect(paths.filter((path) => path.startsWith('/b/'))).toEqual(
    Array.from({ length: 4 }, () => '/b/blue/red'),
  );
});

it('users of all workers take each row of a file once', async () => {
  workshop.write('lines.txt', Array.from({ length: 12 }, (_, n) => `l${n}\n`).join(''));
  workshop.write('ids.xml', `<ids>${Array.from({ length: 12 }, (_, n) => `<id n="x${n}"/>`).join('')}</ids>`);
  workshop.write('rows.csv', Array.from({ length: 12 }, (_, n) => `r${n}\n`).join(''));
  workshop.write(
    'x.yaml',
    `name: Files
defaults: { http: { baseUrl: "${target.url}" } }
threadGroups:
  - { name: G, threads: 4, loops: 3, steps: [{ get: "/\${__StringFromFile(lines.txt)}/\${__CSVRead(rows.csv,0)}\${__CSVRead(rows.csv,next)}/\${__XPath(ids.xml,//id/@n)}" }] }
`,
  );
  expect(await workshop.plan('run', 'x.yaml', '--workers', '2')).toMatchObject({ code: 0, stderr: '' });
  const parts = target.requests.map(({ path }) => path.split('/'));
  const once = (letter: string) => Array.from({ length: 12 }, (_, n) => `${letter}${n}`).sort();
  expect(parts.map(([, line]) => line).sort()).toEqual(once('l'));
  expect(parts.map(([, , row]) => row).sort()).toEqual(once('r'));
  expect(parts.map(([, , , id]) => id).sort()).toEqual(once('x'));
});

it('a critical section holds one user of all workers', async () => {
  workshop.write(
    'x.yaml',
    `name: Lock
defaults: { http: { baseUrl: "${target.url}" } }
threadGroups:
  - { name: G, threads: 6, loops: 3, steps: [{ critical: till, steps: [{ get: "/\${__threadNum}/in" }, { get: "/\${__threadNum}/out" }] }] }
`,
  );
  expect(await workshop.plan('run', 'x.yaml', '--workers', '3')).toMatchObject({ code: 0, stderr: '' });
  const paths = target.requests.map(({ path }) => path);
  expect(paths).toHaveLength(36);
  const ins = paths.filter((_, n) => n % 2 === 0);
  expect(paths.filter((_, n) => n % 2 === 1)).toEqual(ins.map((path) => path.replace('in', 'out')));
});

it('what a script or a controller of set-up exports, every user sees', async () => {
  workshop.write(
    'x.yaml',
    `name: Export
defaults: { http: { baseUrl: "${target.url}" } }
setUp:
  - set: { a: one }
    export: [a]
  - transaction: T
    steps: [{ script: "vars.set('b', 'two')" }]
    export: [b]
threadGroups:
  - { name: G, threads: 4, steps: [{ get: "/\${a}/\${b}" }] }
`,
  );
  expect(await workshop.plan('run', 'x.yaml', '--workers', '2')).toMatchObject({ code: 0, stderr: '' });
  expect(target.requests.map(({ path }) => path)).toEqual(Array.from({ length: 4 }, () => '/one/two'));
});

it('what users log is in run.log, and warnings are told at once', async () => {
  workshop.write(
    'x.yaml',
    `name: Log
defaults: { http: { baseUrl: "${target.url}" } }
properties: { key: { default: s3cret, secret: true } }
threadGroups:
  - name: G
    threads: 2
    steps:
      - get: /
        before: [{ log: "asks with \${key}" }, { log: never, level: DEBUG }]
        after: [{ script: "if (ctx.threadNumber === 2) log.warn('careful')" }]
`,
  );
  const { code, stderr } = await workshop.plan('run', 'x.yaml', '--workers', '2');
  expect([code, stderr]).toEqual([0, 'WARN: G 1-2: careful\n']);
  const lines = workshop.read(join(workshop.results(), 'run.log')).trim().split('\n');
  expect(lines.map((line) => line.replace(/^\S+Z /, '')).sort()).toEqual([
    'INFO G 1-1: asks with ***',
    'INFO G 1-2: asks with ***',
    'WARN G 1-2: careful',
  ]);
});
