import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { sampleOf } from '../engine/metrics/test-support/samples.ts';
import { exitCodes, UserError } from '../engine/model/errors.ts';
import type { Sample, SampleDetail } from '../engine/model/sample.ts';
import { jtlXml } from './jtl-xml.ts';
import { expectGolden } from './test-support/golden.ts';
import { environmentOf, play, resultOf, runInfoOf, tenSeconds, type Said } from './test-support/run.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** What a parser makes of a document; it throws for what is not well-formed. */
function parsed(xml: string): Element {
  const open: Element[] = [{ name: '', attributes: {}, children: [], text: '' }];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, children: [], text: '' };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (text) => (open.at(-1)!.text += text));
  parser.write(xml).close();
  return open[0]!.children[0]!;
}

const detailOf = (changes: Partial<SampleDetail> = {}): SampleDetail => ({
  request: {
    method: 'POST',
    url: 'http://127.0.0.1/issues',
    headers: [
      ['Accept', '*/*'],
      ['Authorization', 'Bearer abc'],
      ['Cookie', 'a=b'],
    ],
    body: '{"password":"s3cret"}',
  },
  requestIsCut: false,
  headers: [
    ['Content-Type', 'text/plain'],
    ['Set-Cookie', 'a=b'],
  ],
  body: Buffer.from('no s3cret <here>'),
  bodyBytes: 16,
  ...changes,
});

async function written(
  samples: readonly Sample[],
  config: Record<string, unknown> = {},
): Promise<{ xml: string; environment: Said }> {
  const environment = environmentOf();
  const listener = jtlXml.create(config, environment);
  await listener.start?.(runInfoOf(environment.folder));
  await listener.samples?.(samples);
  await listener.end?.(await resultOf([]));
  return { xml: readFileSync(join(environment.folder, 'samples.xml'), 'utf8'), environment };
}

const elementOf = async (sample: Sample, config = {}) =>
  parsed((await written([sample], config)).xml).children[0]!;

describe('jtl-xml', () => {
  it('writes the samples in order, parts inside theirs, well-formed', async () => {
    const environment = environmentOf();
    const samples = tenSeconds();
    const listener = jtlXml.create({}, environment);
    await listener.start?.(runInfoOf(environment.folder));
    await listener.samples?.(samples);
    await listener.end?.(await resultOf([]));
    const xml = readFileSync(join(environment.folder, 'samples.xml'), 'utf8');
    expectGolden('samples.xml', xml);
    const root = parsed(xml);
    expect(root).toMatchObject({ name: 'testResults', attributes: { version: '1.2' } });
    const labels = root.children.map(({ attributes }) => attributes['lb']);
    expect(labels).toEqual(
      samples.filter(({ kind }) => kind !== 'sub').map(({ label }) => label.replace('\x1b', '\ufffd')),
    );
    const logIn = root.children[0]!;
    expect(logIn.children.map(({ name, attributes }) => [name, attributes['lb']])).toEqual([
      ['httpSample', 'Log in-0'],
      ['httpSample', 'Log in-1'],
      ['java.net.URL', undefined],
    ]);
  });

  it('comes to the same file in batches that hold the parts of their samples', async () => {
    const environment = environmentOf();
    const whole = tenSeconds().filter(({ kind }) => kind !== 'sub');
    await play(jtlXml, environment, whole, await resultOf([]));
    expect(readFileSync(join(environment.folder, 'samples.xml'), 'utf8')).toBe((await written(whole)).xml);
  });

  it('has JMeter’s attributes in JMeter’s order', async () => {
    const { attributes } = await elementOf(sampleOf({ variables: { user: 'a"b', s: '1' } }), {
      hostname: true,
      sampleCount: true,
      sampleVariables: ['user', 'none'],
    });
    expect(
      Object.entries(attributes)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
    ).toBe(
      't=20 it=0 lt=18 ct=0 ts=1763822100000 s=true lb=GET /issues rc=200 rm=OK tn=Users 1-1 dt=text by=2048 ' +
        `sby=512 sc=1 ec=0 ng=1 na=1 hn=${hostname()} user=a"b none=`,
    );
  });

  it('is a sample without a URL, and says nothing more', async () => {
    const { name, children } = await elementOf(sampleOf({ url: null }));
    expect([name, children]).toEqual(['sample', []]);
  });

  it('says why a sample failed', async () => {
    const { children } = await elementOf(sampleOf({ ok: false, failure: 'no <s3cret>' }), { url: false });
    expect(
      children.map(({ name, children: inner }) => [name, inner.map((one) => [one.name, one.text])]),
    ).toEqual([
      [
        'assertionResult',
        [
          ['name', 'Failure'],
          ['failure', 'true'],
          ['error', 'false'],
          ['failureMessage', 'no <***>'],
        ],
      ],
    ]);
  });

  const everything = {
    responseData: 'always',
    responseHeaders: 'always',
    requestHeaders: 'always',
    samplerData: 'always',
  };

  it('writes what was sent and what came back where it is asked for, secrets and what gives access hidden', async () => {
    const { children } = await elementOf(sampleOf({ detail: detailOf() }), everything);
    expect(children.map(({ name, text }) => [name, text])).toEqual([
      ['responseHeader', 'HTTP/1.1 200 OK\nContent-Type: text/plain\nSet-Cookie: ***\n'],
      ['requestHeader', 'Accept: */*\nAuthorization: ***\n'],
      ['responseData', 'no *** <here>'],
      ['cookies', '***'],
      ['method', 'POST'],
      ['queryString', '{"password":"***"}'],
      ['java.net.URL', 'http://127.0.0.1/issues'],
    ]);
  });

  it.each([
    ['never', true, false],
    ['never', false, false],
    ['onError', true, false],
    ['onError', false, true],
    ['always', true, true],
  ] as const)(
    'with responseData: %s, of a sample with ok: %s writes it: %s',
    async (responseData, ok, expected) => {
      const { children } = await elementOf(sampleOf({ ok, detail: detailOf() }), { responseData });
      expect(children.some(({ name }) => name === 'responseData')).toBe(expected);
    },
  );

  it.each<[string, Partial<Sample>]>([
    ['a binary answer', { dataType: 'bin', detail: detailOf() }],
    ['bytes that are no text', { detail: detailOf({ body: Uint8Array.of(0xfc, 0x80), bodyBytes: 2 }) }],
  ])('leaves out the data of %s', async (_case, changes) => {
    const { children } = await elementOf(sampleOf(changes), { responseData: 'always' });
    expect(children.map(({ name }) => name)).toEqual(['java.net.URL']);
  });

  it('writes the data of a text in its charset', async () => {
    const body = Buffer.from('caf\xe9', 'latin1');
    const detail = detailOf({ body, bodyBytes: 4, contentType: 'text/plain; charset=ISO-8859-1' });
    const { children } = await elementOf(sampleOf({ detail }), { responseData: 'always' });
    expect(children.find(({ name }) => name === 'responseData')?.text).toBe('café');
  });

  it('cuts bodies, and shows no part of a secret that lies at the end of what came', async () => {
    const body = Buffer.from(`${'x'.repeat(8190)}s3cr`);
    const cut = detailOf({ body, bodyBytes: 1_000_000 });
    const config = { responseData: 'always', bodyLimit: 5 };
    const { children } = await elementOf(sampleOf({ detail: cut }), config);
    expect(children[0]!.text).toBe('xx');
    const { children: short } = await elementOf(sampleOf({ detail: detailOf() }), config);
    expect(short[0]!.text).toBe('no **');
  });

  it('asks for what it writes, of the samples of which it writes it', () => {
    const nothing = {
      responseData: 'never',
      responseHeaders: 'never',
      requestHeaders: 'never',
      samplerData: 'never',
      bodyLimit: 100,
      sampleVariables: [],
    };
    const asked = (config: object) => jtlXml.carries?.({ ...nothing, ...config }).contents;
    expect(asked({})).toEqual([]);
    expect(asked({ responseData: 'onError', responseHeaders: 'always' })).toMatchObject([
      { of: 'ok', request: false, headers: true, body: false },
      { of: 'failed', request: false, headers: true, body: true },
    ]);
  });

  it('abandoned, has every sample and is well-formed', async () => {
    const environment = environmentOf();
    const listener = jtlXml.create({}, environment);
    await listener.start?.(runInfoOf(environment.folder));
    await listener.samples?.([sampleOf(), sampleOf({ ok: false, failure: 'why' })]);
    listener.abandon?.();
    await listener.end?.(await resultOf([]));
    const root = parsed(readFileSync(join(environment.folder, 'samples.xml'), 'utf8'));
    expect(root.children).toHaveLength(2);
  });

  it('not ended, lacks its last line only', async () => {
    const environment = environmentOf();
    const listener = jtlXml.create({ flush: 1 }, environment);
    await listener.start?.(runInfoOf(environment.folder));
    await listener.samples?.([sampleOf(), sampleOf()]);
    const read = () => readFileSync(join(environment.folder, 'samples.xml'), 'utf8');
    await expect.poll(read).toContain('</httpSample>');
    expect(parsed(`${read()}</testResults>\n`).children).toHaveLength(2);
    await listener.end?.(await resultOf([]));
  });

  it.skipIf(!existsSync('/dev/full'))('says that the disk is full', async () => {
    const environment = environmentOf({ folder: '/' });
    const listener = jtlXml.create({ file: 'dev/full' }, environment);
    const error: unknown = await Promise.resolve()
      .then(() => listener.start?.(runInfoOf('/')))
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ exitCode: exitCodes.resultsLost });
  });

  it('refuses a variable that is called like an attribute', () => {
    expect(jtlXml.check?.({ sampleVariables: ['a', 'ts'] })).toBe(
      '"ts" is an attribute of every sample: call the variable otherwise',
    );
    expect(jtlXml.check?.({ sampleVariables: ['a'] })).toBeNull();
  });
});
