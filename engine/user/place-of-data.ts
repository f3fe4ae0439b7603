import type { CompiledElement } from '../model/compiled-plan.ts';
import type { ConfigNode } from '../model/template.ts';
import type { Place } from './failed-step.ts';

/** A data source has no name of its own; its row is called `csv data/users.csv`. */
export function placeOfData({ kind, config }: CompiledElement, tags: Place['tags']): Place {
  const what = constantsOf(config).get(kind);
  return { label: typeof what === 'string' ? `${kind} ${what}` : kind, tags };
}

function constantsOf(config: ConfigNode): ReadonlyMap<string, unknown> {
  if ('object' in config) {
    return new Map(
      config.object.flatMap(([key, node]) => ('constant' in node ? [[key, node.constant]] : [])),
    );
  }
  const whole = 'constant' in config ? config.constant : null;
  return new Map(typeof whole === 'object' && whole !== null ? Object.entries(whole) : []);
}
