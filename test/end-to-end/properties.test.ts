import { afterEach, beforeEach, expect, it } from 'vitest';
import { Workshop } from '../support/plan-command.ts';
import { Target } from '../support/target.ts';

let workshop: Workshop;
let target: Target;

beforeEach(async () => {
  workshop = new Workshop();
  target = await Target.start();
});

afterEach(async () => {
  workshop.clean();
  await target.stop();
});

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
