import { parse } from 'yaml';
import { chapters } from '../../cli/docs/chapters.ts';

/** An example, under a name that tells which: two kinds of the same name stand in different places. */
export interface Example {
  readonly title: string;
  readonly example: string;
}

/** The examples of all pages that show YAML. */
export const examples: readonly Example[] = chapters().flatMap(({ one, pages }) =>
  pages.flatMap(({ name, example }) =>
    'yaml' in example ? [{ title: `${name} (${one})`, example: example.yaml }] : [],
  ),
);

type Keys = Record<string, unknown>;

/**
 * One plan of several examples, on the sandbox, its address and token preset.
 *
 * A list of steps becomes a thread group that has the title's name; keys of a plan are added to it, their thread groups named
 * after the title.
 */
export function examplePlan(chosen: readonly Example[]): string {
  const plan: Keys = {
    name: 'Examples',
    sandbox: true,
    defaults: { http: { baseUrl: '${sandbox.api}' } },
    setUp: [
      {
        post: { path: '/auth/token', json: { username: 'test_admin', password: 'test_password' } },
        extract: { token: '$.access_token' },
        export: ['token'],
      },
    ],
    threadGroups: [group('preset', [{ get: '/health' }])],
    listeners: ['jtl-csv', 'json'],
  };
  for (const { title, example } of chosen) {
    const parsed = parse(example) as unknown[] | Keys;
    const keys = Array.isArray(parsed) ? { threadGroups: [group(title, parsed)] } : named(parsed, title);
    for (const [key, value] of Object.entries(keys)) plan[key] = merged(plan[key], value);
  }
  return JSON.stringify({ ...plan, listeners: oncePerKind(plan['listeners'] as unknown[]) }, null, 1);
}

function group(name: string, steps: readonly unknown[]): Keys {
  return authorised({ name, steps });
}

function authorised(keys: Keys): Keys {
  return { defaults: { http: { headers: { Authorization: 'Bearer ${token}' } } }, ...keys };
}

function named(keys: Keys, title: string): Keys {
  if (!Array.isArray(keys['threadGroups'])) return keys;
  const nameIn = (one: Keys, key: string) =>
    one[key] === undefined ? {} : { [key]: `${title}, ${one[key] as string}` };
  return {
    ...keys,
    threadGroups: (keys['threadGroups'] as Keys[]).map((one) =>
      authorised({ ...one, ...nameIn(one, 'name'), ...nameIn(one, 'startAfter') }),
    ),
  };
}

function merged(before: unknown, added: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(added))
    return [...(before as unknown[]), ...(added as unknown[])];
  if (typeof before === 'object' && typeof added === 'object') return { ...before, ...added };
  return added;
}

function oncePerKind(listeners: readonly unknown[]): unknown[] {
  const kindOf = (one: unknown) => (typeof one === 'string' ? one : Object.keys(one as Keys)[0]);
  return [...new Map(listeners.map((one) => [kindOf(one), one])).values()];
}
