import { operatorOf, operators } from './operations.ts';
import type { HealingTriggerConfig } from './schema.ts';

type Operations = Pick<HealingTriggerConfig, 'inject' | 'detect' | 'heal'>;

/** The operations, each completed by what is read of its answer: a sampler may have to ask for that. */
export function readOperations({
  inject,
  detect,
  heal,
  issueId,
  timestamps,
}: HealingTriggerConfig): Operations {
  const { injectedAt, detectedAt, healedAt } = timestamps ?? {};
  return {
    ...(inject && { inject: completed(inject, [issueId, injectedAt]) }),
    ...(detect && { detect: completed(detect, [issueId, detect.until?.jsonPath, detectedAt]) }),
    ...(heal && { heal: completed(heal, [heal.until?.jsonPath, healedAt]) }),
  };
}

/** What the author wrote stays. */
function completed<T extends object>(operation: T, paths: readonly (string | undefined)[]): T {
  const found = operatorOf(operation);
  if (found === null) return operation;
  const [kind, config] = found;
  const reads = paths.flatMap((by) => (by === undefined ? [] : [{ kind: 'jsonPath', by }]));
  const more = operators.get(kind)?.fillRead?.(reads) ?? {};
  return Object.keys(more).length === 0 ? operation : { ...operation, [kind]: { ...more, ...config } };
}
