import { join } from 'node:path';
import { defineListener } from '../engine/model/listener.ts';
import { jtlColumnNames } from './jtl-columns.ts';
import { checkJtlOptions, jtlFormat } from './jtl-format.ts';
import { flushKey } from './flush-key.ts';
import { LineFile } from './line-file.ts';

/** Where the JTL goes unless `-l` or the plan says otherwise. */
export const usualJtl = 'samples.jtl';

/**
 * `jtl-csv`: one line per sample in `samples.jtl`, by default exactly as JMeter writes it by default.
 *
 * A run without its samples makes no sense, so that a full disk stops it.
 */
export const jtlCsv = defineListener({
  kind: 'jtl-csv',
  jmeter: 'Simple Data Writer',
  essential: true,
  schema: {
    type: 'object',
    additionalProperties: false,
    description:
      'Writes every sample to samples.jtl, as JMeter does by default: its 17 columns in its order. The other options are JMeter’s jmeter.save.saveservice properties.',
    properties: {
      file: {
        type: 'string',
        literal: true,
        pattern: '^[^/\\\\]*[^/\\\\.][^/\\\\]*$',
        default: usualJtl,
        description:
          'Name of the file in the results folder. The option -l names the one called samples.jtl.',
        examples: ['details.jtl'],
      },
      columns: {
        type: 'array',
        minItems: 1,
        items: { enum: jtlColumnNames, literal: true },
        description:
          'All columns there are to be, by JMeter’s names. They stand in JMeter’s order; grpThreads and allThreads come together, as do SampleCount and ErrorCount.',
        examples: [['timeStamp', 'elapsed', 'label', 'responseCode', 'success']],
      },
      add: {
        type: 'array',
        items: { enum: jtlColumnNames, literal: true },
        description:
          'Columns besides the usual ones: SampleCount, ErrorCount, Hostname, Filename (always empty), and Encoding, for which the headers of every answer are kept.',
        examples: [['Hostname', 'SampleCount']],
      },
      without: {
        type: 'array',
        items: { enum: jtlColumnNames, literal: true },
        description: 'Columns to leave out of the usual ones.',
        examples: [['URL']],
      },
      sampleVariables: {
        type: 'array',
        items: { type: 'string', minLength: 1, pattern: '^[^",;\\s]+$', literal: true },
        description:
          'Variables of the user, a quoted column each after all others: JMeter’s sample_variables. One that is not set is null.',
        examples: [['issueId', 'user']],
      },
      timestampFormat: {
        type: 'string',
        minLength: 1,
        literal: true,
        default: 'ms',
        description:
          'ms, or a Java date pattern in the machine’s time zone. `plan report` knows the usual ones; --timestamp-format tells it others.',
        examples: ['yyyy/MM/dd HH:mm:ss.SSS'],
      },
      delimiter: {
        type: 'string',
        literal: true,
        pattern: '^([^A-Za-z0-9"\\r\\n]|\\\\t)$',
        default: ',',
        description: 'One character between fields, or \\t.',
        examples: [';', '\\t'],
      },
      fieldNames: {
        type: 'boolean',
        default: true,
        description: 'Whether the first line names the columns.',
        examples: [false],
      },
      flush: flushKey,
    },
  },
  example: `
listeners:
  - jtl-csv:
      add: [Hostname, SampleCount]
      without: [URL]
      sampleVariables: [token]
      delimiter: ";"
`,
  check: (config) => checkJtlOptions(config),
  carries(config) {
    const asksForCharset = jtlFormat(config).columns.some(({ name }) => name === 'Encoding');
    return {
      variables: config.sampleVariables ?? [],
      contents: asksForCharset ? [everyHeader] : [],
    };
  },
  create(config, environment) {
    const target = config.file === usualJtl ? environment.jtl : null;
    const file = target?.file ?? join(environment.folder, config.file);
    const format = jtlFormat(config);
    const redact = (text: string) => environment.redact(text);
    let lines: LineFile | null = null;
    return {
      start() {
        lines = new LineFile(file, {
          ifExists: target?.ifExists ?? 'refuse',
          flushMs: config.flush,
          header: format.header,
          hasHeader: config.fieldNames,
        });
        if (lines.cutBytes > 0) {
          environment.say(
            `${file}: its last line was not finished; those ${lines.cutBytes} bytes were cut off`,
          );
        }
      },
      async samples(batch) {
        for (const sample of batch) lines?.add(format.line(sample, redact));
        await lines?.settle();
      },
      async end() {
        await lines?.close();
      },
      abandon() {
        lines?.flushSync();
      },
    };
  },
});

const everyHeader = {
  of: 'all',
  labels: [],
  request: false,
  headers: true,
  body: false,
  limitBytes: 0,
  perLabelAndCode: null,
  most: null,
  mostBytes: null,
} as const;
