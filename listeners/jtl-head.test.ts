import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jtlHeader } from './jtl-line.ts';
import { openJtl } from './jtl-read.ts';
import { readResult } from './report.ts';
import { temporaryFolder } from './test-support/run.ts';

function written(content: string | Buffer): string {
  const file = join(temporaryFolder(), 'x.jtl');
  writeFileSync(file, content);
  return file;
}

describe('the columns of a JTL', () => {
  it.each([
    ['timeStamp,elapsed,label,success\n1', ['timeStamp', 'elapsed', 'label', 'success']],
    ['\uFEFFtimeStamp;elapsed;label;success\r\n', ['timeStamp', 'elapsed', 'label', 'success']],
    ['timeStamp\telapsed\tlabel\tsuccess\n', ['timeStamp', 'elapsed', 'label', 'success']],
    ['timeStamp|elapsed|label|success\n', ['timeStamp', 'elapsed', 'label', 'success']],
    ['1763822100000,80,A\n', jtlHeader.split(',')],
    [`2026/03/01 10:00:00.500;${';'.repeat(14)}\n`, jtlHeader.replace(',URL', '').split(',')],
    [
      '<?xml version="1.0"?><testResults><sample t="1" ts="2" lb="A" s="true"/>',
      ['timeStamp', 'elapsed', 'label', 'success', 'failureMessage', 'URL'],
    ],
  ])('in %j are %j', async (text, columns) => {
    expect((await openJtl(written(text))).columns).toEqual(columns);
  });

  it.each([
    ['', 'found an empty file. The run that was to write it took no sample'],
    [Buffer.from('PK\x03\x04zip'), 'found a ZIP archive. Unpack it first'],
    [Buffer.from('\uFEFFtimeStamp', 'utf16le'), 'found a text in UTF-16. Write it anew: iconv'],
    [Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]), 'found a binary file'],
    ['timeStamp,elapsed,lab', 'found a first line that is not finished'],
  ])('refuses %j', async (content, message) => {
    const file = written(content);
    await expect(openJtl(file)).rejects.toThrow(message);
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
