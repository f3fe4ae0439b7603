import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { jtlColumns } from './jtl-head.ts';
import { jtlHeader } from './jtl-line.ts';
import { readResult } from './report.ts';
import { temporaryFolder } from './test-support/run.ts';

function written(content: string | Buffer): string {
  const file = join(temporaryFolder(), 'x.jtl');
  writeFileSync(file, content);
  return file;
}

describe('jtlColumns', () => {
  it.each([
    ['timeStamp,elapsed,label\n1', ['timeStamp', 'elapsed', 'label']],
    ['\uFEFFtimeStamp;elapsed;label\r\n', ['timeStamp', 'elapsed', 'label']],
    ['timeStamp\telapsed\n', ['timeStamp', 'elapsed']],
    ['1763822100000,80,A\n', jtlHeader.split(',')],
  ])('of %j are %j', async (text, columns) => {
    expect(await jtlColumns(written(text))).toEqual(columns);
  });

  it.each([
    ['', 'found an empty file. The run that was to write it took no sample'],
    [gzipSync('timeStamp'), /found a file compressed by gzip\. Unpack it first: gunzip --keep .*x\.jtl\.$/],
    [Buffer.from('PK\x03\x04zip'), 'found a ZIP archive. Unpack it first'],
    [Buffer.from('\uFEFFtimeStamp', 'utf16le'), 'found a text in UTF-16. Write it anew: iconv'],
    [Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]), 'found a binary file'],
    ['<?xml version="1.0"?>\n', 'found XML. Save it with jmeter.save.saveservice.output_format=csv'],
    ['\n  <testResults>\n', 'found XML'],
    ['timeStamp,elapsed,lab', 'found a first line that is not finished'],
  ])('refuses %j', async (content, message) => {
    const file = written(content);
    await expect(jtlColumns(file)).rejects.toThrow(message);
    await expect(readResult(file)).rejects.toThrow(message);
  });
});

describe('a results folder', () => {
  const notJudged = { passed: false, ending: 'notJudged', exitCode: 0 };

  it('without run.json is of a run that did not come to its end, and is not judged', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'samples.jtl'), `${jtlHeader}\n`);
    const { result, isFinished } = await readResult(folder);
    expect(isFinished).toBe(false);
    expect(result.verdict).toEqual({
      ...notJudged,
      reasons: [expect.stringMatching(/^not judged: the run did not come to its end.*--plan FILE/)],
    });
  });

  it('a JTL is not judged either', async () => {
    const { result } = await readResult(written(`${jtlHeader}\n`));
    expect(result.verdict).toEqual({ ...notJudged, reasons: [expect.stringContaining('--plan FILE')] });
  });
});
