import { join } from 'node:path';
import type { ContentWish } from '../engine/model/carried.ts';
import type { JsonSchema } from '../engine/model/json-schema.ts';
import { defineListener } from '../engine/model/listener.ts';
import { isDue, jtlXmlElement, type JtlXmlOptions, type When } from './jtl-xml-element.ts';
import { flushKey } from './flush-key.ts';
import { LineFile } from './line-file.ts';
import { sampleTrees } from './sample-tree.ts';
import { redactionSlack } from './shown-body.ts';

const header = '<?xml version="1.0" encoding="UTF-8"?>\n<testResults version="1.2">';
const footer = '</testResults>\n';

const when = (what: string) =>
  ({
    enum: ['never', 'onError', 'always'],
    literal: true,
    default: 'never',
    description: `Whether ${what} is written: of failed samples, or of all.`,
    examples: ['onError'],
  }) as const satisfies JsonSchema;

/**
 * `jtl-xml`: JMeter's JTL in XML, an element for each sample with its parts inside.
 *
 * Samples are written whole: a file that was cut off, by a crash or a full disk, has whole elements and lacks the last
 * line, `</testResults>`, no more.
 */
export const jtlXml = defineListener({
  kind: 'jtl-xml',
  jmeter: 'Simple Data Writer, as XML',
  essential: true,
  schema: {
    type: 'object',
    additionalProperties: false,
    description:
      'Writes every sample as JMeter does with output_format=xml (testResults version 1.2), parts inside their sample. After a crash the file lacks its last line, `</testResults>`, and nothing else. Headers and bodies cost as much as an extractor on every step, and their size.',
    properties: {
      file: {
        type: 'string',
        literal: true,
        pattern: '^[^/\\\\]*[^/\\\\.][^/\\\\]*$',
        default: 'samples.xml',
        description: 'Name of the file in the results folder.',
        examples: ['samples.xml'],
      },
      responseData: when('the body of the answer, if it is text,'),
      responseHeaders: when('the headers of the answer'),
      requestHeaders: when('the headers of the request'),
      samplerData: when('the method and body of the request'),
      bodyLimit: {
        type: 'integer',
        minimum: 0,
        default: 1_048_576,
        description: 'Characters of a body that are written; the rest is cut off.',
        examples: [65_536],
      },
      url: {
        type: 'boolean',
        default: true,
        description: 'Whether the URL is written.',
        examples: [false],
      },
      hostname: {
        type: 'boolean',
        default: false,
        description: 'Whether the name of the machine is written (hn).',
        examples: [true],
      },
      sampleCount: {
        type: 'boolean',
        default: false,
        description: 'Whether the numbers of samples and errors are written (sc, ec).',
        examples: [true],
      },
      sampleVariables: {
        type: 'array',
        default: [],
        items: { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_.-]*$', literal: true },
        description:
          'Variables of the user, an attribute each: JMeter’s sample_variables. One that is not set is empty.',
        examples: [['issueId', 'user']],
      },
      flush: flushKey,
    },
  },
  example: `
listeners:
  - jtl-xml:
      responseData: onError
      requestHeaders: onError
      responseHeaders: always
      sampleVariables: [token]
`,
  check: ({ sampleVariables }) => {
    const taken = sampleVariables.find((name) => attributeNames.has(name));
    return taken === undefined
      ? null
      : `"${taken}" is an attribute of every sample: call the variable otherwise`;
  },
  carries: (config) => ({
    variables: config.sampleVariables,
    contents: [wishFor(config, true), wishFor(config, false)].filter((wish) => wish !== null),
  }),
  create(config, environment) {
    const redact = (text: string) => environment.redact(text);
    let lines: LineFile | null = null;
    return {
      start() {
        lines = new LineFile(join(environment.folder, config.file), {
          ifExists: 'refuse',
          flushMs: config.flush,
          header,
          footer,
        });
      },
      async samples(batch) {
        for (const tree of sampleTrees(batch)) lines?.add(jtlXmlElement(tree, config, redact));
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

const attributeNames: ReadonlySet<string> = new Set([
  't',
  'it',
  'lt',
  'ct',
  'ts',
  's',
  'lb',
  'rc',
  'rm',
  'tn',
  'dt',
  'de',
  'by',
  'sby',
  'sc',
  'ec',
  'ng',
  'na',
  'hn',
]);

/** What is asked of samples that went well, or of those that failed; null: nothing. */
function wishFor(config: JtlXmlOptions, ok: boolean): ContentWish | null {
  const due = (option: When) => isDue(option, ok);
  const request = due(config.requestHeaders) || due(config.samplerData);
  const headers = due(config.responseHeaders);
  const body = due(config.responseData);
  if (!request && !headers && !body) return null;
  return {
    of: ok ? 'ok' : 'failed',
    labels: [],
    request,
    headers,
    body,
    limitBytes: config.bodyLimit + redactionSlack,
    perLabelAndCode: null,
    most: null,
    mostBytes: null,
  };
}
