import { join } from 'node:path';
import { defineListener } from '../engine/model/listener.ts';
import type { Sample } from '../engine/model/sample.ts';
import { failureText } from './failure-text.ts';
import { fileWord, IndexedFolder } from './indexed-folder.ts';
import { redactionSlack } from './shown-body.ts';

/** `failures`: request and answer of the first failed samples of each kind, a readable file each. */
export const failures = defineListener({
  kind: 'failures',
  scalar: 'perLabel',
  schema: {
    type: 'object',
    additionalProperties: false,
    description:
      'Writes the request and the answer of the first failed samples of each label and code into files of the folder failures, with an index. Secrets, and headers that give access (Authorization, Cookie, Set-Cookie …), are ***. Until as many as asked for have come, every answer is kept until it has been judged, which costs what an extractor on every step would.',
    properties: {
      perLabel: {
        type: 'integer',
        minimum: 1,
        default: 5,
        description: 'How many of each label and code are written.',
        examples: [3],
      },
      most: {
        type: 'integer',
        minimum: 1,
        maximum: 10_000,
        default: 200,
        description: 'How many are written at all.',
        examples: [1000],
      },
      labels: {
        type: 'array',
        default: [],
        items: { type: 'string', literal: true },
        description: 'Only of samples with these labels; empty: of all.',
        examples: [['Log in']],
      },
      bodyLimit: {
        type: 'integer',
        minimum: 0,
        maximum: 16_777_216,
        default: 65_536,
        description: 'Bytes of a body that are shown; the file says what was cut off.',
        examples: [4096],
      },
      folder: {
        type: 'string',
        literal: true,
        pattern: '^[^/\\\\]*[^/\\\\.][^/\\\\]*$',
        default: 'failures',
        description: 'Name of the folder in the results folder; made when there is a failure.',
        examples: ['failures'],
      },
    },
  },
  example: `
listeners:
  - failures: { perLabel: 3 }
`,
  carries: ({ perLabel, most, labels, bodyLimit }) => ({
    contents: [
      {
        of: 'failed',
        labels,
        request: true,
        headers: true,
        body: true,
        limitBytes: bodyLimit + redactionSlack,
        perLabelAndCode: perLabel,
        most,
        mostBytes: null,
      },
    ],
  }),
  create({ perLabel, most, labels, bodyLimit, folder }, environment) {
    const redact = (text: string) => environment.redact(text);
    const files = new IndexedFolder(join(environment.folder, folder), redact);
    const counts = new Map<string, number>();
    const isWanted = ({ ok, label, code }: Sample) => {
      if (ok || files.count >= most || (labels.length > 0 && !labels.includes(label))) return false;
      const key = `${label}\n${code}`;
      const before = counts.get(key) ?? 0;
      if (before < perLabel) counts.set(key, before + 1);
      return before < perLabel;
    };
    return {
      async samples(batch) {
        for (const sample of batch) {
          const { detail } = sample;
          if (!detail || !isWanted(sample)) continue;
          const number = String(files.count + 1).padStart(3, '0');
          const name = [number, fileWord(sample.label), codeWord(sample.code)].filter(Boolean).join('-');
          await files.add(
            `${name}.txt`,
            failureText(sample, { detail }, { limit: bodyLimit, redact }),
            sample,
          );
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

/** `503`, or `connectexception` of `Non HTTP response code: java.net.ConnectException`. */
function codeWord(code: string): string {
  return fileWord(/[^.\s]*$/.exec(code)?.[0] ?? '');
}
