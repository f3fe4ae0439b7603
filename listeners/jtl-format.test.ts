import { hostname } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleOf } from '../engine/metrics/test-support/samples.ts';
import { splitRecord } from './csv-records.ts';
import { jtlColumnNames } from './jtl-columns.ts';
import { checkJtlOptions, jtlFormat, type JtlOptions } from './jtl-format.ts';
import { jtlHeader } from './jtl-line.ts';
import { formatJtlLine } from './test-support/jtl-line.ts';

const asIs = (text: string) => text;
const detail = (headers: [string, string][]) => ({
  request: null,
  requestIsCut: false,
  headers,
  body: new Uint8Array(),
  bodyBytes: 0,
});

describe('jtlFormat', () => {
  it('is JMeter’s default without options', () => {
    expect(jtlFormat({}).header).toBe(jtlHeader);
  });

  it.each<[JtlOptions, string]>([
    [{ columns: ['label', 'elapsed', 'timeStamp'] }, 'timeStamp,elapsed,label'],
    [{ columns: ['allThreads', 'ErrorCount'] }, 'grpThreads,allThreads,SampleCount,ErrorCount'],
    [{ add: ['Hostname'] }, jtlHeader.replace(',IdleTime', ',Hostname,IdleTime')],
    [{ without: ['grpThreads', 'URL'] }, jtlHeader.replace(',grpThreads,allThreads,URL', '')],
    [{ sampleVariables: ['issueId', 'user'] }, `${jtlHeader},"issueId","user"`],
    [{ columns: ['elapsed', 'label'], delimiter: ';', sampleVariables: ['a'] }, 'elapsed;label;"a"'],
    [{ columns: ['elapsed', 'label'], delimiter: '\\t' }, 'elapsed\tlabel'],
    // As JMeter 5.6.3 writes it with every switch on and sample_variables=a,b.
    [
      { add: [...jtlColumnNames], sampleVariables: ['a', 'b'] },
      'timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,' +
        'sentBytes,grpThreads,allThreads,URL,Filename,Latency,Encoding,SampleCount,ErrorCount,Hostname,IdleTime,' +
        'Connect,"a","b"',
    ],
  ])('with %j has the columns %s', (options, header) => {
    expect(jtlFormat(options).header).toBe(header);
  });

  it.each<[JtlOptions, string]>([
    [{ columns: ['elapsed', 'success', 'ErrorCount'] }, '20,false,1,1\n'],
    [{ columns: ['Hostname', 'Filename', 'Encoding', 'URL'] }, `null,,latin1,${hostname()}\n`],
    [{ columns: ['elapsed'], sampleVariables: ['known', 'unset'] }, '20,"s3,cret",null\n'],
    [{ columns: ['label', 'failureMessage'], delimiter: ';' }, 'a,b;"c;""d"""\n'],
    [{ columns: ['timeStamp'], timestampFormat: "yyyy 'at' SSS" }, '2025 at 123\n'],
    [{ columns: ['timeStamp', 'label'], timestampFormat: 'SSS,SSS' }, '"123,123","a,b"\n'],
  ])('with %j writes %j', (options, expected) => {
    const sample = sampleOf({
      startEpochMs: 1_763_822_100_123,
      label: 'a,b',
      failure: 'c;"d"',
      ok: false,
      url: null,
      variables: { known: 's3,cret' },
      detail: detail([['Content-Type', 'text/html; Charset="latin1"']]),
    });
    expect(jtlFormat(options).line(sample, asIs)).toBe(expected);
  });

  it('redacts variables', () => {
    const { line } = jtlFormat({ columns: ['elapsed'], sampleVariables: ['v'] });
    expect(line(sampleOf({ variables: { v: 'k3y' } }), () => '***')).toBe('20,***\n');
  });

  it('says UTF-8 where no charset was named', () => {
    const { line } = jtlFormat({ columns: ['Encoding'] });
    expect(line(sampleOf(), asIs)).toBe('UTF-8\n');
  });

  it('with all usual columns writes the same values as the default, whatever the texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (label, value) => {
        const sample = sampleOf({ label, variables: { value } });
        const fields = splitRecord(
          jtlFormat({ sampleVariables: ['value'] })
            .line(sample, asIs)
            .slice(0, -1),
          ',',
        );
        expect(fields).toEqual([...splitRecord(formatJtlLine(sample).slice(0, -1), ','), value]);
      }),
    );
  });
});

describe('checkJtlOptions', () => {
  it.each<[JtlOptions, string | null]>([
    [{}, null],
    [{ add: ['Hostname'], without: ['URL'], timestampFormat: 'HH:mm' }, null],
    [
      { columns: ['label'], without: ['URL'] },
      'columns names them all; add and without change the usual ones: keep one or the other',
    ],
    [
      { timestampFormat: 'yyyy-BB' },
      'timestampFormat: the letter "B" in the date pattern "yyyy-BB" is not known',
    ],
  ])('of %j is %j', (options, mistake) => {
    expect(checkJtlOptions(options)).toBe(mistake);
  });
});
