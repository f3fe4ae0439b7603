import { join } from 'node:path';
import { defineListener } from '../engine/model/listener.ts';
import type { Sample, SampleDetail } from '../engine/model/sample.ts';
import { fileSuffix } from './file-suffix.ts';
import { IndexedFolder } from './indexed-folder.ts';
import { redactedBytes } from './redacted-bytes.ts';

/** `responses`: bodies of answers as files, as JMeter's "Save Responses to a file" does. */
export const responses = defineListener({
  kind: 'responses',
  jmeter: 'Save Responses to a file',
  scalar: 'only',
  schema: {
    type: 'object',
    additionalProperties: false,
    description:
      'Saves the bodies of answers, as JMeter’s Save Responses to a file: prefix, number and a suffix by their content type, with an index. Decompressed; secrets of the plan in them are ***. Parts of a sample, such as redirects, have none.',
    properties: {
      only: {
        enum: ['all', 'ok', 'failed'],
        literal: true,
        default: 'all',
        description: 'Of which samples.',
        examples: ['failed'],
      },
      labels: {
        type: 'array',
        default: [],
        items: { type: 'string', literal: true },
        description: 'Only of samples with these labels; empty: of all.',
        examples: [['Download report']],
      },
      folder: {
        type: 'string',
        literal: true,
        pattern: '^[^/\\\\]*[^/\\\\.][^/\\\\]*$',
        default: 'responses',
        description: 'Name of the folder in the results folder; made with the first file.',
        examples: ['reports'],
      },
      prefix: {
        type: 'string',
        literal: true,
        pattern: '^[^/\\\\]*$',
        default: 'response-',
        description: 'Beginning of the names of files.',
        examples: ['report-'],
      },
      most: {
        type: 'integer',
        minimum: 1,
        maximum: 1_000_000,
        default: 1000,
        description: 'How many are saved; then no more, which is told.',
        examples: [50],
      },
      mostBytes: {
        type: 'integer',
        minimum: 1,
        default: 104_857_600,
        description: 'How many bytes are saved in all; then no more, which is told.',
        examples: [1_048_576],
      },
    },
  },
  example: `
listeners:
  - responses: { only: ok, labels: [List issues], prefix: issues-, most: 20 }
`,
  carries: ({ only, labels, most, mostBytes }) => ({
    contents: [
      {
        of: only,
        labels,
        request: false,
        headers: true,
        body: true,
        limitBytes: mostBytes,
        perLabelAndCode: null,
        most,
        mostBytes,
      },
    ],
  }),
  create({ only, labels, folder, prefix, most, mostBytes }, environment) {
    const files = new IndexedFolder(join(environment.folder, folder), (text) => environment.redact(text));
    let savedBytes = 0;
    let isOver = false;
    const isWanted = ({ ok, label }: Sample) =>
      !isOver &&
      (only === 'all' || ok === (only === 'ok')) &&
      (labels.length === 0 || labels.includes(label));
    const stop = (why: string) => {
      isOver = true;
      environment.say(`responses: ${why}; no more are saved`);
    };
    const save = async (sample: Sample, { headers, body, bodyBytes, contentType }: SampleDetail) => {
      if (savedBytes + bodyBytes > mostBytes) {
        stop(`a further one would make it more than ${mostBytes} bytes`);
        return;
      }
      const number = String(files.count + 1).padStart(5, '0');
      const bytes = redactedBytes(body, (text) => environment.redact(text), contentType);
      await files.add(`${prefix}${number}.${fileSuffix(headers)}`, bytes, sample);
      savedBytes += bodyBytes;
      if (files.count === most) stop(`there are ${most}, as many as were asked for`);
    };
    return {
      async samples(batch) {
        for (const sample of batch) {
          const { detail } = sample;
          const hasAnswer = detail && detail.headers.length + detail.bodyBytes > 0;
          if (hasAnswer && isWanted(sample)) await save(sample, detail);
        }
      },
      async end() {
        await files.close();
      },
      abandon() {
        files.closeSync();
      },
    };
  },
});
