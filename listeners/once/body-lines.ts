import type { Sample, SampleDetail } from '../../engine/model/sample.ts';
import { redactedBytes } from '../redacted-bytes.ts';
import { bodyText } from '../shown-body.ts';
import { cutEnd, textWidth, visibleText } from '../visible-text.ts';
import { indentedJson } from './indented-json.ts';

/** The most that is shown of a body, in lines of a narrow terminal. */
const [mostRows, rowColumns] = [20, 64];

type Mask = (text: string) => string;

/** The beginning of an answer's body, line by line; what is left out is said. */
export function answerBody(sample: Sample, detail: SampleDetail, mask: Mask): string[] {
  const { body, bodyBytes, contentType } = detail;
  if (bodyBytes === 0) return [];
  const text = sample.dataType === 'bin' && !isText(contentType) ? null : bodyText(detail);
  if (text !== null) return bodyLines(text, { mask, isCut: body.length < bodyBytes, bytes: bodyBytes });
  const isSafe = redactedBytes(body, mask, contentType) === body;
  const begins = isSafe
    ? `: ${Buffer.from(body.subarray(0, 16)).toString('hex').replace(/../g, '$& ')}…`
    : '';
  return [`(binary, ${bodyBytes} bytes${begins})`];
}

function isText(contentType = ''): boolean {
  return /^text\/|json|xml|x-www-form-urlencoded/i.test(contentType);
}

export function bodyLines(
  whole: string,
  { mask, isCut, bytes }: { readonly mask: Mask; readonly isCut: boolean; readonly bytes: number },
): string[] {
  const lines = mask(indentedJson(whole) ?? whole).split(/\r\n|\n|\r/);
  const shown: string[] = [];
  let left = mostRows;
  for (const line of lines) {
    const begun = line.slice(0, left * rowColumns);
    const rows = Math.max(1, Math.ceil(textWidth(visibleText(begun)) / rowColumns));
    if (left === 0 || begun.length < line.length || rows > left) {
      if (left > 0) shown.push(cutEnd(visibleText(begun), left * rowColumns));
      return [...shown, `… (${bytes} bytes in all)`];
    }
    shown.push(line);
    left -= rows;
  }
  return isCut ? [...shown, `… (${bytes} bytes in all)`] : shown;
}
