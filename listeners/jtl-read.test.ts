import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sampleOf } from '../engine/metrics/test-support/samples.ts';
import { samplePhases } from '../engine/model/sample-phase.ts';
import type { Sample } from '../engine/model/sample.ts';
import { jtlHeader } from './jtl-line.ts';
import { formatJtlLine } from './test-support/jtl-line.ts';
import { openJtl, readJtl } from './jtl-read.ts';
import { jtlXmlElement } from './jtl-xml-element.ts';
import { sampleTrees } from './sample-tree.ts';
import { temporaryFolder, tenSeconds } from './test-support/run.ts';

async function read(text: string | Buffer): Promise<{ samples: Sample[]; warnings: string[]; file: string }> {
  const file = join(temporaryFolder(), 'a.jtl');
  writeFileSync(file, text);
  const warnings: string[] = [];
  const samples: Sample[] = [];
  for await (const sample of readJtl(file, (message) => warnings.push(message))) samples.push(sample);
  return { samples, warnings: warnings.map((warning) => warning.replace(file, 'F')), file };
}

const header = `${jtlHeader}\n`;
const one = formatJtlLine(sampleOf());

describe('readJtl', () => {
  it('gives back what formatJtlLine wrote, all but tags and fractions', async () => {
    const written = tenSeconds();
    const { samples, warnings } = await read(
      header + written.map((sample) => formatJtlLine(sample)).join(''),
    );
    expect(samples).toEqual(written.map((sample) => ({ ...sample, tags: {} })));
    expect(warnings).toEqual([]);
  });

  it('knows by their thread names the rows that were taken beside the load', async () => {
    const rows = samplePhases.map((phase) => sampleOf({ phase }));
    const other = sampleOf({ threadName: 'Users 1-1 other' });
    const { samples } = await read(header + [...rows, other].map((row) => formatJtlLine(row)).join(''));
    expect(samples).toEqual([...rows, other]);
  });

  it('takes a step for a part of its transaction that is counted, whatever its name', async () => {
    const message = 'Number of samples in transaction : 2, number of failing samples : 0';
    const at = (label: string) => formatJtlLine(sampleOf({ label }));
    const parent = formatJtlLine(sampleOf({ label: 'Step', message, dataType: 'text', elapsedMs: 90 }));
    const { samples } = await read(header + parent + at('Step-1') + at('Step-2') + at('other'));
    expect(samples.map(({ kind }) => kind)).toEqual(['sample', 'sub', 'sub', 'sample']);
  });

  it('counts the steps of JMeter’s transactions, and its transactions apart, whatever it calls their thread', async () => {
    const transaction = (label: string, thread: string, threads: number) =>
      `1796029607585,1,${label},200,"Number of samples in transaction : 2, number of failing samples : 0",${thread},,true,,0,0,${threads},${threads},null,0,43,0\n`;
    const step = (label: string) => `1796029607608,1,${label},200,OK,O 4-1,text,true,,0,0,1,1,null,0,0,0\n`;
    const inner = transaction('Inner', '', 0);
    const pass = inner + transaction('Parent', 'O 4-1', 1) + step('one') + step('two');
    const { samples } = await read(header + pass + pass);
    expect(samples.map(({ kind, label }) => `${label} ${kind}`)).toEqual(
      Array.from({ length: 2 }, () => [
        'Inner transaction',
        'Parent transaction',
        'one sample',
        'two sample',
      ]).flat(),
    );
  });

  it.each([
    ['without header', one, 1],
    ['with a header only', header, 0],
    ['with bars', (header + one).replaceAll(',', '|'), 1],
    ['without header, with tabs', one.replaceAll(',', '\t'), 1],
    ['without header and URLs', one.replace(/,null,/, ','), 1],
    ['packed by gzip', gzipSync(header + one), 1],
    ['with semicolons', (header + one).replaceAll(',', ';'), 1],
    ['with tabs', (header + one).replaceAll(',', '\t'), 1],
    ['with CRLF', (header + one).replaceAll('\n', '\r\n'), 1],
    ['with a byte order mark', `\uFEFF${header}${one}`, 1],
    ['with blank lines at the end', `${header}${one}\n\n`, 1],
    ['with fewer and other columns', 'timeStamp,elapsed,label,success,"mine"\n1,20,A,true,x\n', 1],
  ])('reads a file %s', async (_case, text, count) => {
    const { samples, warnings } = await read(text);
    expect(samples).toHaveLength(count);
    for (const sample of samples) expect(sample).toMatchObject({ elapsedMs: 20, ok: true, kind: 'sample' });
    expect(warnings).toEqual([]);
  });

  it('leaves out a torn last line and says so', async () => {
    const { samples, warnings } = await read(header + one + one.slice(0, 20));
    expect(samples).toHaveLength(1);
    expect(warnings).toEqual(['F:3: the last line is not finished and was left out']);
  });

  const columns =
    'timeStamp,elapsed,label,success,bytes,sentBytes,grpThreads,allThreads,Latency,IdleTime,Connect';
  const good = ['1700000000000', '86400000', 'A', 'true', '1', '2', '3', '4', '5', '', '6'];
  const names = columns.split(',');

  it('counts what is within bounds, and takes empty fields for 0', async () => {
    const { samples, warnings } = await read(`${columns}\n${good.join(',')}\n`);
    expect(samples).toMatchObject([{ elapsedMs: 86_400_000, connectMs: 6, idleMs: 0 }]);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['elapsed', '86400001'],
    ...['-1', 'NaN', '1e30', '1.5', '', 'null'].map((value) => ['elapsed', value]),
    ...['-5', '253402300800000', '99999-01-01T00:00:00', '0001-01-01 00:00:00', ''].map((value) => [
      'timeStamp',
      value,
    ]),
    ...['2026-02-30 10:00:00', '2026/02/29 10:00:00.000', '2026-13-01 10:00:00', '2026-04-31T10:00:00Z'].map(
      (value) => ['timeStamp', value],
    ),
    ...['', 'yes', '1'].map((value) => ['success', value]),
    ...['bytes', 'sentBytes', 'grpThreads', 'allThreads', 'Latency', 'IdleTime', 'Connect'].flatMap((name) =>
      ['-1', 'NaN', '1e30', 'x', '99999999999999999999'].map((value) => [name, value]),
    ),
  ])('%s of "%s" is left out, with its line', async (name, value) => {
    const bad = good.map((field, index) => (names[index] === name ? value : field));
    const { samples, warnings } = await read(`${columns}\n${good.join(',')}\n${bad.join(',')}\n`);
    expect(samples).toHaveLength(1);
    expect(warnings).toEqual([expect.stringMatching(`^F:3: expected .* as ${name}, found`)]);
  });

  it('refuses a column that is there twice', async () => {
    await expect(read(`timeStamp,elapsed,label,success,elapsed\n1,2,A,true,3\n`)).rejects.toThrow(
      /a\.jtl:1: the column elapsed is there twice/,
    );
  });

  it('leaves out lines that are no sample and says so once', async () => {
    const { samples, warnings } = await read(`${header}1,2\n${one}x${one}${one}`);
    expect(samples).toHaveLength(2);
    expect(warnings).toEqual(['F:2: expected 17 columns, found 2. 2 lines were left out']);
  });

  it.each([
    ['<html><sample/></html>', 'expected a JTL, found XML of another kind (<html>)'],
    ['<testResults><sample lb="A"/>', 'expected milliseconds as elapsed, found "". No element was a sample'],
    ['<a <', 'the XML cannot be read'],
    [
      'hello, world\n',
      'expected a first line that names the columns of a JTL, or begins with a time; found "hello',
    ],
    ['label,elapsed,success\n', 'timeStamp not among them. A JTL of JMeter’s is read when it is saved with'],
    ['1.3.2026 10:00,20,A,200\n', '--timestamp-format PATTERN tells how its dates are written'],
    ['2026/03/01 10:00:00,20,A,200\n', ':1: expected 17 columns, found 4. No row was a sample'],
    [
      `${header}${one.replace(/^\d+/, '1.3.2026 10:00')}`,
      'as timeStamp, found "1.3.2026 10:00". No row was a sample',
    ],
    ['1700000000000,20,A,200,OK\n', ':1: expected 17 columns, found 5. No row was a sample'],
  ])('refuses %j', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it('refuses a file that is not there', async () => {
    const all = async () => {
      for await (const sample of readJtl('/nowhere/a.jtl', () => undefined)) expect(sample).toBeUndefined();
    };
    await expect(all()).rejects.toThrow('cannot read /nowhere/a.jtl: no such file or directory');
  });

  it.each([
    ['the next step of another name', { label: 'Log in-0', startEpochMs: 1150 }, 'sample'],
    ['a step of another thread', { label: 'Log in-0', threadName: 'Users 1-2' }, 'sample'],
    ['a step whose name goes on in letters', { label: 'Log in-again' }, 'sample'],
    ['a hop', { label: 'Log in-0' }, 'sub'],
    ['a part of a hop', { label: 'Log in-0-3', startEpochMs: 1099, elapsedMs: 2 }, 'sub'],
  ])('takes %s for what it is', async (_case, changes, kind) => {
    const parent = sampleOf({ label: 'Log in', startEpochMs: 1000, elapsedMs: 100 });
    const row = sampleOf({ startEpochMs: 1000, elapsedMs: 50, ...changes });
    const { samples } = await read(header + formatJtlLine(parent) + formatJtlLine(row));
    expect(samples[1]?.kind).toBe(kind);
  });
});

describe('dates', () => {
  it.each([
    ['2026/03/01 10:00:00.250', 250],
    ['2026/03/01 10:00:00', 0],
    ['2026-03-01 10:00:00.250', 250],
    ['2026-03-01T10:00:00.250', 250],
    ['03/01/26 10:00:00', 0],
  ])('%s is read in the machine’s time zone', async (date, ms) => {
    const { samples, warnings } = await read(header + one.replace(/^\d+/, date).repeat(2));
    const at = new Date(2026, 2, 1, 10).getTime() + ms;
    expect(samples.map(({ startEpochMs }) => startEpochMs)).toEqual([at, at]);
    expect(warnings).toEqual([]);
  });

  it('of another pattern are read by it', async () => {
    const file = join(temporaryFolder(), 'a.jtl');
    writeFileSync(file, one.replace(/^\d+/, '01.03.2026 10h00'));
    const jtl = await openJtl(file, "dd.MM.yyyy HH'h'mm");
    for await (const { startEpochMs } of jtl.samples(() => undefined))
      expect(startEpochMs).toBe(new Date(2026, 2, 1, 10).getTime());
    await expect(openJtl(file, 'BBB')).rejects.toThrow('--timestamp-format: ');
  });
});

describe('what is torn', () => {
  it('by the end of gzip’s pieces is read as far as it goes', async () => {
    const packed = gzipSync(
      header + Array.from({ length: 9000 }, (_, n) => one.replace('20', String(n))).join(''),
    );
    const { samples, warnings } = await read(packed.subarray(0, packed.length - 200));
    expect(samples.length).toBeGreaterThan(1000);
    expect(warnings.at(-1)).toBe('F: what gzip has packed breaks off; it was read as far as it goes');
  });

  it('in XML is left out', async () => {
    const whole = '<sample t="5" ts="1000" s="true" lb="A" tn="G 1-1"/>';
    const { samples, warnings } = await read(
      `<testResults version="1.2">${whole}${whole}<sample t="5" ts="10`,
    );
    expect(samples).toHaveLength(2);
    expect(warnings).toEqual(['F: the file is not finished; what is torn at its end was left out']);
  });
});

describe('a JTL in XML', () => {
  it('gives back what jtl-xml wrote', async () => {
    const options = {
      responseData: 'always',
      responseHeaders: 'never',
      requestHeaders: 'never',
      samplerData: 'never',
    } as const;
    const rest = { url: true, hostname: true, sampleCount: true, sampleVariables: [], bodyLimit: 100 };
    const rows = [
      sampleOf({
        label: 'A "<&>',
        ok: false,
        code: '500',
        failure: 'expected <200>',
        message: 'Tür',
        url: 'http://h/?a=1&b=2',
      }),
      sampleOf({ label: 'A "<&>-0', kind: 'sub' }),
      sampleOf({ label: 'B', bytesReceived: 7, threadName: 'G 1-1', phase: 'clean-up' }),
    ];
    const text = sampleTrees(rows).map((tree) =>
      jtlXmlElement(tree, { ...options, ...rest }, (shown) => shown),
    );
    const { samples, warnings } = await read(
      `<?xml version="1.0" encoding="UTF-8"?>\n<testResults version="1.2">\n${text.join('')}</testResults>\n`,
    );
    expect(samples).toEqual(rows.map((row) => ({ ...row, tags: {} })));
    expect(warnings).toEqual([]);
  });

  it('of JMeter’s has the steps of its transactions inside them: they are samples', async () => {
    const sample = (label: string, inner = '', message = 'OK') =>
      `<httpSample t="5" it="0" lt="1" ct="1" ts="1000" s="true" lb="${label}" rc="200" rm="${message}" tn="G 1-1" dt="" by="3" ng="1" na="1">${inner}<java.net.URL>http://h/</java.net.URL></httpSample>`;
    const steps = sample('one', sample('one-0') + sample('one-1')) + sample('two');
    const message = 'Number of samples in transaction : 2, number of failing samples : 0';
    const { samples } = await read(
      `<testResults version="1.2">${sample('T', steps, message)}${sample('three&#x1;')}</testResults>`,
    );
    expect(samples.map(({ kind, label }) => `${label} ${kind}`)).toEqual([
      'T transaction',
      'one sample',
      'one-0 sub',
      'one-1 sub',
      'two sample',
      expect.stringMatching(/^three.* sample$/s),
    ]);
  });
});
