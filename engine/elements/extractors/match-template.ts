import { parsePattern } from '../../template/pattern.ts';
import { groupCount } from '../pattern.ts';

/** `$1$-$2$`: groups in a text. One without any is the same text for every match, as in JMeter. */
export function matchTemplate(template: string): (match: RegExpExecArray) => string {
  const pieces = template.split(groupReference);
  return (match) => pieces.map((piece, index) => (index % 2 ? (match[Number(piece)] ?? '') : piece)).join('');
}

const groupReference = /\$(\d{1,3})\$/;

/** Why a template does not go with its pattern, or null. The pattern is known to be one, or holds `${…}`. */
export function templateMistake(pattern: unknown, template: unknown): string | null {
  if (typeof pattern !== 'string' || typeof template !== 'string') return null;
  if (pattern.includes('${') || template.includes('${')) return null;
  const groups = groupCount(parsePattern(pattern));
  const beyond = template.split(groupReference).find((piece, index) => index % 2 && Number(piece) > groups);
  if (beyond === undefined) return null;
  return `the template speaks of group ${beyond}, and the pattern has ${groups}. Put ( ) around what is wanted`;
}
