import { beforeAll, describe, expect, it } from 'vitest';
import type { ContentWish } from '../model/carried.ts';
import type { CompiledStep } from '../model/compiled-plan.ts';
import type { Outcome } from '../model/sample.ts';
import type { SampleContext } from '../model/sampler.ts';
import { encodings, secrets } from '../secrets/test-support/encodings.ts';
import { Carry } from '../user/carry.ts';
import { Stage } from '../user/test-support/stage.ts';
import { toldRequestOf } from '../../samplers/http/request.ts';
import type { HttpConfig } from '../../samplers/http/schema.ts';
import { toldRequest, sentRequest } from '../../samplers/http/sent-request.ts';
import { urlOf } from '../../samplers/http/target.ts';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';
import { explainPlan } from '../../cli/explain/explain-plan.ts';
import { maskOf } from './masking.ts';

const plan = `name: Secrets
properties: { s: { secret: true, required: true } }
variables: { made: 'x \${s} y', signed: '\${__digest(SHA-256,\${s},,,)}' }
defaults: { http: { baseUrl: 'http://127.0.0.1' } }
threadGroups:
  - name: G
    loops: 1
    steps:
      - get: /a/\${s}/b
        name: path
      - get: { path: /a, query: { q: '\${s}', made: '\${made}' } }
        name: query
      - get: /a?q=\${__urlencode(\${s})}
        name: encoded
      - post: { path: /a, form: { f: '\${s}', g: 'x\${s}' } }
        name: form
      - post: { path: /a, json: { j: '\${s}', k: ['x \${s}'] } }
        name: json
      - post: { path: /a, json: { n: { $json: '"\${__base64Encode(\${s})}"' }, m: { $json: '"\${__base64Encode(\${s})}\${__threadNum}"' } } }
        name: typed json
      - post: { path: /a, body: '<pw>\${__escapeXml(\${s})}</pw><a b="\${__escapeHtml(\${s})}"/>' }
        name: XML
      - get: { path: /a, headers: { X-Key: '\${__urlencode(\${s})}', X-Sum: '\${__base64Encode(ann:\${s})}', X-Sig: '\${signed}' } }
        name: header
      - get: { path: /a, auth: { basic: { username: ann, password: '\${s}' } } }
        name: basic
      - get: { path: /a, auth: { bearer: '\${s}' } }
        name: bearer
      - get: { path: /a, auth: { digest: { username: ann, password: '\${s}' } } }
        name: digest
      - post: { path: /a, graphql: { query: 'query { a }', variables: { v: '\${s}' } } }
        name: graphql
      - get: { path: /a, graphql: { query: 'query { a(b: "\${s}") }' } }
        name: graphql in the URL
      - post: { path: /a, multipart: { m: '\${s}', n: 'x\${s}' } }
        name: multipart
      - post: { path: /a, body: 'text \${s} text \${made}' }
        name: body
      - get: /a
        name: label \${s} and \${made}
      - get: /a
        name: judged
        assert: [{ contains: 'no \${s}' }, { matches: '^\${__escapeOroRegexpChars(\${s})}' }]
      - get: /a/\${s}
        name: URL judged
        assert: [{ in: url, equals: no }]
      - set: { copy: '\${s}', part: 'p\${s}' }
      - log: log \${s} \${copy}
      - post: { path: '/a/\${part}', body: '\${copy} \${__V(copy)} \${__property(s)} \${__P(s)} \${__log(\${copy})}' }
        name: copies
`;

type Shown = Readonly<Record<string, string>>;

/** What people see of a plan with this secret, by the name of the step; without the net behind it. */
async function shownWith(secret: string): Promise<Shown> {
  const { plan: read, compiled } = await prepareYaml(plan, { properties: [['s', secret]] });
  const stage = new Stage({
    perform: (config, context) => Promise.resolve(asked(config as HttpConfig, context)),
  });
  const carry = new Carry({ variables: ['s', 'copy', 'part'], contents: [everything] }, compiled.secretNames);
  const logged: string[] = [];
  const host = { ...stage.world.host, log: (_: string, line: string) => logged.push(line) };
  Object.assign(stage.world, { carry, host, properties: compiled.properties });
  await stage.run(compiled.groups[0]!.steps.map(faked));
  const samples = stage.samples.map(({ label, ...sample }, place) => [
    `${place} ${label}`,
    JSON.stringify(sample, null, 1),
  ]);
  const lines = [...logged, ...explainPlan(read, compiled).slice(1)];
  return Object.fromEntries([...samples, ['lines', lines.join('\n')]]) as Shown;
}

const everything: ContentWish = {
  of: 'all',
  labels: [],
  request: true,
  headers: true,
  body: false,
  limitBytes: 1_000_000,
  perLabelAndCode: null,
  most: null,
  mostBytes: null,
};

const faked = (step: CompiledStep): CompiledStep =>
  step.type === 'sampler' ? { ...step, sampler: 'fake', keepRequest: true } : step;

/** The outcome of an HTTP request that fails with what was asked for in its words. */
function asked(config: HttpConfig, { shown }: SampleContext): Outcome {
  const request = toldRequestOf(config, (shown ?? config) as HttpConfig, () => new Uint8Array());
  const wire = { ok: false, code: '500', dataType: 'text', bytesReceived: 0, bytesSent: 0 } as const;
  if ('cause' in request) return { ...wire, message: request.message, failure: request.failure, url: null };
  const sent = sentRequest({ request, cookie: '' });
  const told = toldRequest({ request, cookie: '' });
  // The length of what was sent is shown.
  const headers = told.headers.filter(([name]) => name !== 'content-length');
  return {
    ...wire,
    message: `refused ${sent.url}`,
    failure: `cannot connect to ${sent.url}`,
    url: urlOf(request.target),
    request: sent,
    shown: { url: told.url, request: { ...told, headers } },
  };
}

describe('a secret is shown nowhere', () => {
  let usual: Shown;

  beforeAll(async () => {
    usual = await shownWith('Q');
  });

  // A value is a template, too: a hole in it is one of the plan's.
  const given = Object.entries(secrets).map(([what, secret]) => [what, secret.replace('${', '$')] as const);

  it.each(given)('%s', async (_, secret) => {
    const shown = await shownWith(secret);
    expect(shown).toEqual(usual);
    const looks = Object.values(encodings).map((encode) => encode(secret));
    const all = JSON.stringify(shown);
    expect(looks.filter((look) => look.length > 6 && all.includes(look))).toEqual([]);
  });

  it('what is asserted quotes none, nor does a label', () => {
    const failures = Object.values(usual).join('\n');
    expect(failures).toContain('"failure": "cannot connect to http://127.0.0.1/a/***/b"');
    expect(Object.keys(usual)).toContain('15 label *** and ***');
    expect(failures).toContain('"body": "<pw>***</pw><a b=\\"***\\"/>"');
  });

  it.each(['json: { a: { $number: "${s}" } }', 'timeout: "${s}"', 'maxRedirects: "${s}"', 'http2: "${s}"'])(
    'in what is wrong with %s',
    async (key) => {
      const wrong = `name: x
properties: { s: { secret: true, default: q~7 } }
threadGroups: [{ name: G, steps: [{ http: { url: 'http://127.0.0.1/', ${key} } }] }]
`;
      const [mistake, ...more] = await mistakes(wrong);
      expect(mistake).toContain('***');
      expect([mistake, ...more].join('')).not.toContain('q~7');
    },
  );
});

describe('what comes back in the charset of a request', () => {
  it.each<[string, string, string[]]>([
    ['windows-1252', 'geh€imnis-ümläut', ['q=ageh%80imnis-%FCml%E4ut', 'x geh\x80imnis-\xfcml\xe4ut y']],
    ['windows-1251', 'geheim-ключ-9', ['ageheim-%EA%EB%FE%F7-9', 'geheim-\xea\xeb\xfe\xf7-9']],
    ['Shift_JIS', 'geheim-ソ本', ['geheim-%83%5C%96%7B']],
    ['IBM850', 'Österreich', ['x\x99sterreichy', '%99sterreich']],
  ])('%s', async (charset, secret, answers) => {
    const { compiled } = await prepareYaml(`name: C
properties: { s: { default: '${secret}', secret: true }, n: { default: 1 } }
threadGroups:
  - name: G
    steps:
      - post: { url: http://127.0.0.1/, charset: ${charset}, form: { q: 'a\${s}\${n}' } }
      - post: { url: http://127.0.0.1/, charset: ISO-8859-1, body: plain }
`);
    const mask = maskOf(compiled);
    for (const answer of answers) {
      expect(mask(answer)).toMatch(/\*\*\*/);
      expect(mask(answer)).not.toMatch(/imnis|geheim|sterreich/);
    }
    expect(mask('geh-imnis geheim sterreich')).toBe('geh-imnis geheim sterreich');
  });
});
