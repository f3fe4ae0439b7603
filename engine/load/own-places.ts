import { sameLetters } from './foreign/named.ts';

const keysOf: Readonly<Record<string, readonly string[]>> = {
  'into a thread group': [
    ...['threads', 'share', 'rampUp', 'delay', 'loops', 'duration', 'onError', 'startAfter', 'flow', 'steps'],
  ],
  'at the top of the plan': [
    ...['include', 'properties', 'metrics', 'pools', 'flows', 'environments', 'sandbox', 'threadGroups'],
    ...['thresholds', 'health', 'listeners', 'monitors'],
  ],
  'into "steps", as a step': [
    ...[
      'get',
      'post',
      'put',
      'patch',
      'bigquery',
      'gcs',
      'process',
      'healing-trigger',
      'pause',
      'while',
      'forEach',
    ],
    ...[
      'if',
      'transaction',
      'choose',
      'switch',
      'once',
      'poll',
      'matrix',
      'parallel',
      'interleave',
      'randomOrder',
    ],
  ],
};

/** ` It belongs into a thread group.` for a key of ours that stands in another place, however it is spelled; else nothing. */
export function ownPlace(key: string): string {
  for (const [place, keys] of Object.entries(keysOf)) {
    const ours = sameLetters(key, keys);
    if (ours !== undefined) return ` It belongs ${place}${ours === key ? '' : `, as "${ours}"`}.`;
  }
  return '';
}
