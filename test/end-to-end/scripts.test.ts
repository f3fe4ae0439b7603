import { describe, expect, it } from 'vitest';
import { target, workshop } from '../support/workshop-and-target.ts';

const plan = (steps: string) =>
  `name: Scripts\ndefaults: { http: { baseUrl: "${target.url}" } }\nthreadGroups:\n  - name: G\n    steps:\n${steps}`;

describe.each([[[]], [['--trusted-scripts']]])('scripts with %j', (flags) => {
  it('prepare, read and judge samples', async () => {
    workshop.write(
      'x.yaml',
      plan(`      - script: vars.set("n", Number("20") + 1)
      - get: "/item/\${n}"
        before: [{ script: 'vars.set("n", Number(vars.get("n")) * 2)' }]
        after: [{ script: 'vars.set("id", prev.json().id + "-" + data.limit)', data: { limit: "\${n}" } }]
        assert: [{ script: 'return prev.code === "200"' }]
      - get: "/next/\${id}"
        name: judged
        assert: [{ script: 'return "not good: " + ctx.threadNumber' }]
`),
    );
    const { code, stderr } = await workshop.plan('run', 'x.yaml', ...flags);
    expect([code, stderr]).toEqual([0, '']);
    expect(target.requests.map(({ path }) => path)).toEqual(['/item/42', '/next/42-42']);
    expect(workshop.jtl().at(-1)).toContain(',judged,200,OK,G 1-1,text,false,not good: 1,');
  });
});

it('a check is the only script, and another reads the answer of a sample that has none', async () => {
  const check = "check: [{ name: x, script: 'return true' }]";
  workshop.write('check.yaml', plan(`      - { get: /a, ${check} }\n`));
  const checked = await workshop.plan('run', 'check.yaml');
  expect([checked.code, checked.stderr]).toEqual([0, '']);

  workshop.write(
    'prev.yaml',
    plan(`      - get: /item/7
      - script: 'vars.set("id", prev.json().id + "-" + prev.code)'
      - get: "/next/\${id}"
`),
  );
  const { code, stderr } = await workshop.plan('run', 'prev.yaml');
  expect([code, stderr]).toEqual([0, '']);
  expect(target.requests.at(-1)?.path).toBe('/next/42-200');
});

it('a script that hangs fails its sample, and the run goes on', async () => {
  workshop.write(
    'x.yaml',
    plan(`      - get: /a
        name: hangs
        assert: [{ script: 'for (;;) {}' }]
      - get: /b
`),
  );
  const { code } = await workshop.plan('run', 'x.yaml');
  expect(code).toBe(0);
  expect(target.requests.map(({ path }) => path)).toEqual(['/a', '/b']);
  expect(workshop.jtl()[1]).toMatch(/,hangs,200,OK,G 1-1,text,false,.*x\.yaml:8:\d+.*/);
});
