import type { Sample } from '../../engine/model/sample.ts';
import { jtlFormat } from '../jtl-format.ts';

const { line } = jtlFormat({});

/** The line of a sample in a JTL that is as JMeter writes it by default. */
export function formatJtlLine(sample: Sample, redact = (text: string) => text): string {
  return line(sample, redact);
}
