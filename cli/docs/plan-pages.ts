import { groupSchema } from '../../engine/load/group-keys.ts';
import { planKeysSchema } from '../../engine/load/plan-keys.ts';
import { scopeKeys } from '../../engine/load/scope-keys.ts';
import { stepKeys } from '../../engine/load/step-keys.ts';
import type { JsonSchema } from '../../engine/model/json-schema.ts';
import { keysOf } from './keys.ts';
import type { Chapter, Page } from './page.ts';

/** The plan itself, its thread groups, its steps, and what applies to all that stands beneath. */
export function planChapter(): Chapter {
  return { title: 'The plan', one: 'part of a plan', pages: [plan, threadGroup, step, scope] };
}

const plan = page('plan', 'A plan is one file, in YAML or JSON.', {
  written: ['Its keys are those below, and those of the scope.'],
  keys: own(planKeysSchema),
  yaml: `
name: Issues under load
properties:
  users: { type: integer, default: 2, description: virtual users } # -Jusers=50 sets it
sandbox: true # the embedded pipeline; fills \${sandbox.api}
defaults:
  http: { baseUrl: '\${sandbox.api}' }
flows:
  look at issues:
    - get: /healing/issues
    - pause: 10ms
threadGroups:
  - name: Operators
    threads: \${users}
    flow: look at issues
thresholds:
  - error_rate < 1%
listeners: [failures: 3] # besides jtl-csv and summary`,
});

const threadGroup = page('thread group', 'A number of users who all do the same.', {
  jmeter: 'Thread Group',
  written: ['An item of the list under `threadGroups`.', 'It may have the keys of the scope besides.'],
  keys: own(groupSchema),
  yaml: `
threadGroups:
  - name: Warm up
    steps:
      - get: /health
  - name: Operators
    startAfter: Warm up
    threads: 2
    rampUp: 20ms # the second user starts after 10 ms
    loops: 3 # or duration: 1m
    setUp:
      - get: /version
    steps:
      - get: /healing/issues
    tearDown:
      - get: /status`,
});

const step = page('step', 'One thing that a user does: a sampler or a controller, by the key of its kind.', {
  written: [
    'An item of a list of `steps`, of a flow, of `setUp` or of `tearDown`.',
    'Beside its kind it may have these keys and those of the scope.',
  ],
  keys: own({ properties: stepKeys }),
  yaml: `
- get: /healing/issues
  name: List issues
  extract: { issueId: '$.data.items[0].id' }
- get: /healing/issues/\${issueId}
  when: "\${issueId} != ''" # else left out, and counted
- post: { path: /users, json: { username: passing, email: passing@example.com } }
  expect: 201
  extract: { userId: $.data.id }
  cleanUp: # when the user ends
    - delete: /users/\${userId}
  on:
    2xx: [{ get: '/users/\${userId}' }]
- loop: 2
  steps:
    - get: /health
    - get: /version
      enabled: false`,
});

const scope = page('scope', 'What applies to every sampler beneath the place where it stands.', {
  written: [
    'Keys of the plan, a thread group, a controller, a branch or a step.',
    'The outermost comes first; maps merge and the nearest wins.',
  ],
  keys: keysOf({ properties: scopeKeys }),
  yaml: `
- loop: 2
  tags: { area: monitoring }
  defaults: { http: { headers: { Accept: application/json } } }
  expect: 200
  timers: [{ constant: 5ms }]
  assert: [{ duration: 5s }]
  steps:
    - get: /monitoring/metrics
    - get: /monitoring/alerts
      extract: { alertId: '$.data.items[0].id' }
      assert: [{ status: 2xx }]`,
});

interface Said {
  readonly jmeter?: string;
  readonly written: readonly string[];
  readonly keys: ReturnType<typeof keysOf>;
  readonly yaml: string;
}

function page(name: string, description: string, { keys, yaml, ...said }: Said): Page {
  return {
    name,
    aliases: [],
    description,
    ...said,
    example: { yaml: yaml.trim() },
    tables: [{ title: 'Keys', keys }],
  };
}

/** The keys without those of the scope, which have a page of their own. */
function own(schema: JsonSchema): ReturnType<typeof keysOf> {
  const properties = Object.entries(schema.properties ?? {}).filter(([key]) => !(key in scopeKeys));
  return keysOf({ ...schema, properties: Object.fromEntries(properties) });
}
