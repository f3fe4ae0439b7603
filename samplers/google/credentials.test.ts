import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Impersonated } from 'google-auth-library';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findCredentials } from './find-credentials.ts';
import { preflight } from './preflight.ts';
import { Sessions } from './sessions.ts';
import { signIn, tokenOf } from './sign-in.ts';
import { files, TokenServer } from './test-support/token-server.ts';
import { withoutTokens } from './without-tokens.ts';

let home: string;
let server: TokenServer;
const read = () => {
  throw new Error('there is no plan');
};
const nobody = { keyFile: '', impersonate: '', quotaProject: '' };

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'loadplan-google-'));
  server = await new TokenServer().start();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
  await server.stop();
});

const where = (environment: Record<string, string> = {}) => ({
  read,
  environment: { HOME: home, METADATA_SERVER_DETECTION: 'none', ...environment },
});

function file(name: string, content: object | string): string {
  const path = join(home, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** What the preflight says of one step. */
const told = async (config: object, environment: Record<string, string> = {}) =>
  preflight([{ ...config }], 'BIGQUERY_EMULATOR_HOST', where(environment));

describe('credentials are found', () => {
  const usual = '.config/gcloud/application_default_credentials.json';

  it('in the key file, then where the environment says, then where gcloud leaves them', () => {
    expect(findCredentials(nobody, where())).toBeNull();
    file(usual, files.user);
    expect(findCredentials(nobody, where())?.content['type']).toBe('authorized_user');
    const named = file('named.json', files.serviceAccount);
    const environment = where({ GOOGLE_APPLICATION_CREDENTIALS: named });
    expect(findCredentials(nobody, environment)?.content['type']).toBe('service_account');
    const keyFile = file('key.json', files.external('h', 'f'));
    expect(findCredentials({ ...nobody, keyFile }, environment)?.content['type']).toBe('external_account');
  });

  it('in the plan’s folder when the path of the key file is relative', () => {
    const inPlan = (path: string) => Buffer.from(JSON.stringify({ ...files.user, client_id: path }));
    const found = findCredentials({ ...nobody, keyFile: 'keys/a.json' }, { read: inPlan, environment: {} });
    expect(found?.content['client_id']).toBe('keys/a.json');
  });

  it('where CLOUDSDK_CONFIG says that gcloud keeps its files', () => {
    file('sdk/application_default_credentials.json', files.user);
    expect(findCredentials(nobody, where({ CLOUDSDK_CONFIG: join(home, 'sdk') }))).not.toBeNull();
  });
});

describe('before the run', () => {
  it('no credentials at all are told in well under a second, with every remedy', async () => {
    const startMs = performance.now();
    const [sentence, ...more] = await told({});
    expect(performance.now() - startMs).toBeLessThan(1000);
    expect(more).toEqual([]);
    expect(sentence).toMatch(/^No Google credentials were found\./);
    for (const remedy of [
      'gcloud auth application-default login',
      'GOOGLE_APPLICATION_CREDENTIALS',
      'credentials.keyFile',
      'credentials.impersonate',
      'endpoint',
    ]) {
      expect(sentence).toContain(remedy);
    }
  });

  it.each([
    ['is missing', null, 'which does not exist'],
    ['is no JSON', '{"private_key": "top secret', 'which holds no JSON object'],
    ['is a list', '[1]', 'which holds no JSON object'],
    ['has no type', { key: 1 }, 'which has no "type"'],
    ['is of another type', { type: 'toString' }, 'which has the type "toString". Known types'],
    ['lacks what its type needs', { type: 'service_account', client_email: 'a' }, 'which lacks private_key'],
  ])('a key file that %s is told', async (_, content, expected) => {
    const path = content === null ? join(home, 'none.json') : file('bad.json', content);
    const [sentence = ''] = await told({ credentials: { keyFile: path } });
    expect(sentence).toContain(expected);
    expect(sentence).toContain(path);
    expect(sentence).not.toContain('top secret');
    const [ofEnvironment = ''] = await told({}, { GOOGLE_APPLICATION_CREDENTIALS: path });
    expect(ofEnvironment).toContain(`GOOGLE_APPLICATION_CREDENTIALS names "${path}", ${expected}`);
  });

  it('a key that cannot sign is told without its content', async () => {
    const path = file('key.json', { ...files.serviceAccount, private_key: 'top secret' });
    const [sentence = ''] = await told({ credentials: { keyFile: path } });
    expect(sentence).toContain('could not be used');
    expect(sentence).not.toContain('top secret');
  });

  it('what a token server refuses is told in its words, without the request', async () => {
    server.answer = [400, { error: 'invalid_target', error_description: 'The audience is wrong.' }];
    const subject = file('subject', 'eyJhbGciOi.eyJzdWIi.c2ln');
    const keyFile = file('external.json', files.external(server.host, subject));
    const [sentence = ''] = await told({ credentials: { keyFile } });
    expect(sentence).toContain('invalid_target');
    expect(sentence).toContain('The audience is wrong. Log in with');
    expect(sentence).not.toContain('eyJ');
  });

  it.each([{}, { page: '<html>Log in</html>' }, { access_token: '' }, { access_token: null }])(
    'a token server that answers %j gives no token, as a metadata server and for an external account',
    async (body) => {
      server.answer = [200, body];
      vi.stubEnv('GCE_METADATA_HOST', server.host);
      const onGoogle = where({ METADATA_SERVER_DETECTION: '', GCE_METADATA_HOST: server.host });
      await expect(tokenOf(await signIn(nobody, onGoogle), nobody)).rejects.toThrow('could not be used');
      const choice = {
        ...nobody,
        keyFile: file('external.json', files.external(server.host, file('subject', 'subject'))),
      };
      await expect(tokenOf(await signIn(choice, where()), choice)).rejects.toThrow('could not be used');
    },
  );

  it.each([
    ['an endpoint needs none', { endpoint: 'http://127.0.0.1:1' }, []],
    ['an endpoint that comes with the run is left to it', { endpoint: undefined }, []],
    ['credentials that come with the run are left to it', { credentials: undefined }, []],
    ['a key file that comes with the run is left to it', { credentials: { keyFile: undefined } }, []],
    ['an empty endpoint is none', { endpoint: ' ', credentials: { keyFile: '' } }, [/^No Google/]],
    [
      'an endpoint of Google’s needs some',
      { endpoint: 'https://eu-bigquery.googleapis.com/' },
      [/^No Google/],
    ],
    ['another’s gets none', { endpoint: 'https://googleapis.com.evil.example' }, []],
  ])('%s', async (_, config, expected) => {
    const found = await told(config);
    expect(found).toHaveLength(expected.length);
    expected.forEach((one, index) => expect(found[index]).toMatch(one));
  });

  it('many steps have one mistake', async () => {
    const steps = Array.from({ length: 20 }, (_, n) => ({ query: `SELECT ${n}` }));
    expect(await preflight(steps, 'BIGQUERY_EMULATOR_HOST', where())).toHaveLength(1);
  });

  it('an environment that would lead elsewhere is told, unless the plan says where', async () => {
    const environment = { BIGQUERY_EMULATOR_HOST: 'localhost:9050' };
    expect((await told({}, environment))[0]).toContain('set endpoint: http://localhost:9050');
    expect(await told({ endpoint: 'http://127.0.0.1:1' }, environment)).toEqual([]);
  });

  it('a metadata server that says nothing is given up', async () => {
    server.answer = 'hang';
    vi.stubEnv('GCE_METADATA_HOST', server.host);
    const client = await signIn(
      nobody,
      where({ METADATA_SERVER_DETECTION: '', GCE_METADATA_HOST: server.host }),
    );
    await expect(tokenOf(client, nobody, 100)).rejects.toThrow('no token came in time');
  });
});

describe('a token comes', () => {
  it('from the metadata server of a machine of Google’s', async () => {
    vi.stubEnv('GCE_METADATA_HOST', server.host);
    const environment = { HOME: home, GCE_METADATA_HOST: server.host };
    const headers = await new Sessions(read, environment).of(nobody)?.waitedFor();
    expect(headers?.['Authorization']).toBe('Bearer ya29.secret-token');
    expect(server.paths.join()).toContain('/service-accounts/default/token');
  });

  it('for an external account, once for all who ask, with the project that pays', async () => {
    const keyFile = file('external.json', files.external(server.host, file('subject', 'subject')));
    const sessions = new Sessions(read, where().environment);
    const choice = { ...nobody, keyFile, quotaProject: 'pays' };
    await sessions.warmUp([choice, null]);
    const headers = [sessions.of(choice)?.headers, await sessions.of({ ...choice })?.waitedFor()];
    expect(headers[0]).toEqual({
      Authorization: 'Bearer ya29.secret-token',
      'x-goog-user-project': 'pays',
    });
    expect(headers[1]).toEqual(headers[0]);
    expect(server.paths).toEqual(['/token']);
    expect(sessions.of(null)).toBeNull();
  });

  it('is not asked for again and again once it was refused', async () => {
    server.answer = [401, { error: 'invalid_client' }];
    const keyFile = file('external.json', files.external(server.host, file('subject', 'subject')));
    const sessions = new Sessions(read, where().environment);
    const choice = { ...nobody, keyFile };
    await expect(sessions.of(choice)?.waitedFor()).rejects.toThrow('invalid_client');
    const asked = server.paths.length;
    await expect(sessions.of(choice)?.waitedFor()).rejects.toThrow('invalid_client');
    expect(server.paths).toHaveLength(asked);
  });

  it('for the account that is acted as', async () => {
    const keyFile = file('key.json', files.serviceAccount);
    const impersonate = 'other@test.iam.gserviceaccount.com';
    const client = await signIn({ ...nobody, keyFile, impersonate }, where());
    expect(client instanceof Impersonated && client.getTargetPrincipal()).toBe(impersonate);
    expect(client.quotaProjectId).toBe('pays');
  });
});

it.each([
  ['got ya29.a0-b_c.d here', 'got *** here'],
  ['authorization: Bearer abc.def', 'authorization: Bearer ***'],
  ['refresh 1//0gabcdefghijklmnopqrstuvwxyz', 'refresh ***'],
  ['assertion=abc&x=1', 'assertion=***&x=1'],
  ['{"access_token":"abc","a":1}', '{"access_token":"***","a":1}'],
  ['a -----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY----- b', 'a *** b'],
  ['eyJhbGciOi.eyJzdWIi.sig', '***'],
  ['nothing to hide', 'nothing to hide'],
])('%j shows as %j', (text, shown) => {
  expect(withoutTokens(text)).toBe(shown);
});
