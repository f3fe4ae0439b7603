const keysOf: Readonly<Record<string, readonly string[]>> = {
  'into a thread group': [
    ...['threads', 'share', 'rampUp', 'delay', 'loops', 'duration', 'onError', 'startAfter', 'flow', 'steps'],
  ],
  'at the top of the plan': [
    ...['include', 'properties', 'metrics', 'pools', 'flows', 'environments', 'sandbox', 'threadGroups'],
    ...['thresholds', 'health', 'listeners', 'monitors'],
  ],
};

/** ` It belongs into a thread group.` for a key of the plan or of a group that stands in another place; else nothing. */
export function ownPlace(key: string): string {
  const place = Object.keys(keysOf).find((each) => keysOf[each]?.includes(key));
  return place === undefined ? '' : ` It belongs ${place}.`;
}
