import { describe, expect, it } from 'vitest';
import { prepareYaml } from '../../test/support/prepare-yaml.ts';
import { targetOf, targetText } from './target.ts';

const switched = `name: Switched
sandbox: true
properties: { project_id: { default: '\${sandbox.project}' }, key: { default: '', secret: true } }
environments:
  project: { when: project_id, sandbox: false }
  lab: { when: key, sandbox: false, properties: { project_id: lab } }
threadGroups: [{ name: A, steps: [{ get: 'http://127.0.0.1:1/\${project_id}' }] }]
`;

describe('what a plan runs against', () => {
  it.each([
    [
      'no option',
      {},
      'the embedded sandbox',
      ' on the embedded sandbox (-Jproject_id=… runs it in project, -Jkey=… runs it in lab)',
    ],
    [
      'the property',
      { properties: [['project_id', 'mine']] as const },
      'project (project_id=mine)',
      ' in project (project_id=mine)',
    ],
    [
      'an empty value',
      { properties: [['project_id', '']] as const },
      'the embedded sandbox',
      / on the embedded/,
    ],
    ['a secret property', { properties: [['key', 'hush']] as const }, 'lab (key=***)', ' in lab (key=***)'],
    [
      'an environment variable',
      { env: { LOADPLAN_PROJECT_ID: 'mine' } },
      'project (project_id=mine)',
      / in project/,
    ],
    ['-e', { environment: 'lab' }, 'lab', ' in lab'],
    [
      '-e, which wins',
      { environment: 'lab', properties: [['project_id', 'mine']] as const },
      'lab',
      ' in lab',
    ],
  ])('with %s', async (_, request, target, text) => {
    const { plan } = await prepareYaml(switched, request);
    expect(targetOf(plan)).toBe(target);
    expect(targetText(plan)).toMatch(text);
  });

  it('is not known of a plan without sandbox and environment', async () => {
    const { plan } = await prepareYaml(
      `name: A\nthreadGroups: [{ name: A, steps: [{ get: 'http://127.0.0.1:1' }] }]`,
    );
    expect([targetOf(plan), targetText(plan)]).toEqual([null, '']);
  });

  it('needs the property that chooses it, when it has no other value', async () => {
    await expect(prepareYaml(switched, { environment: 'project' })).rejects.toThrow(
      /"sandbox.project". The environment project starts no sandbox: set -Jproject_id=… too/,
    );
  });

  it('needs each other property that only the sandbox has a value for', async () => {
    const bucket = "properties: { bucket: { default: '${sandbox.bucket}' }, ";
    const plan = switched.replace('properties: { ', bucket).replace('${project_id}', '${bucket}');
    await expect(prepareYaml(plan, { properties: [['project_id', 'mine']] })).rejects.toThrow(
      /"sandbox.bucket". The environment project starts no sandbox: set -Jbucket=… too/,
    );
  });

  it('cannot be two environments', async () => {
    const properties = [
      ['project_id', 'mine'],
      ['key', 'hush'],
    ] as const;
    await expect(prepareYaml(switched, { properties })).rejects.toThrow(
      /choose the environments project, lab: say which with -e/,
    );
  });

  it('is chosen by declared properties only', async () => {
    await expect(prepareYaml(switched.replace('when: key', 'when: kye'))).rejects.toThrow(
      /declares no property "kye"\. Did you mean "key"/,
    );
  });
});
