import { join } from 'node:path';
import type { ListenerKind } from '../engine/model/listener.ts';
import { formatJtlLine, jtlHeader } from './jtl-line.ts';
import { LineFile } from './line-file.ts';

const defaultFlushMs = 200;

/**
 * `jtl-csv`: one line per sample in `samples.jtl`, exactly as JMeter writes it by default.
 *
 * A run without its samples makes no sense, so that a full disk stops it.
 */
export const jtlCsv: ListenerKind = {
  kind: 'jtl-csv',
  jmeter: 'Simple Data Writer',
  example: `
listeners:
  - jtl-csv: { flush: 1s }
`,
  essential: true,
  schema: {
    type: 'object',
    additionalProperties: false,
    description: 'Writes every sample to samples.jtl, as JMeter does by default.',
    properties: {
      flush: {
        type: 'string',
        unit: 'ms',
        default: '200ms',
        examples: ['1s'],
        description: 'The longest that a sample is held in memory before it is written.',
      },
    },
  },
  create(config, environment) {
    const { file, ifExists } = environment.jtl ?? {
      file: join(environment.folder, 'samples.jtl'),
      ifExists: 'refuse' as const,
    };
    const flushMs = typeof config.flush === 'number' ? config.flush : defaultFlushMs;
    const redact = (text: string) => environment.redact(text);
    let lines: LineFile | null = null;
    return {
      start() {
        lines = new LineFile(file, { ifExists, flushMs, header: jtlHeader });
        if (lines.cutBytes > 0) {
          environment.say(
            `${file}: its last line was not finished; those ${lines.cutBytes} bytes were cut off`,
          );
        }
      },
      async samples(batch) {
        for (const sample of batch) lines?.add(formatJtlLine(sample, redact));
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
};
