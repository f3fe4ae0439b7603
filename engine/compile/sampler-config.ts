import type { Compilation } from './compilation.ts';
import { isObject } from './config.ts';
import { mergedConfig, type ScopeStack } from './scope.ts';

type Config = Readonly<Record<string, unknown>>;

/**
 * What stands for a sampler once its scope is resolved: the defaults of its kind and what the author wrote, then what
 * follows from that. Operations of other samplers in it get the defaults of their own kind.
 */
export function samplerConfig(
  kind: string,
  written: object,
  defaults: ScopeStack['defaults'],
  compilation: Compilation,
): Config {
  const syntax = compilation.samplers.get(kind);
  const merged = overDefaults(kind, written, defaults, compilation);
  const filled = syntax?.fill ? mergedConfig([syntax.fill(merged), merged], [], compilation) : merged;
  if (!syntax?.operations) return filled;
  const operations = syntax.operations.flatMap((key) => {
    const operation = filled[key];
    return isObject(operation) ? [[key, withDefaults(operation, defaults, compilation)] as const] : [];
  });
  return replaced(filled, operations, compilation);
}

function overDefaults(
  kind: string,
  written: object,
  defaults: ScopeStack['defaults'],
  compilation: Compilation,
): Config {
  const exclusive = compilation.samplers.get(kind)?.exclusive ?? [];
  return mergedConfig([...(defaults[kind] ?? []), written], exclusive, compilation);
}

/** `{ http: … }` with the defaults of `http`; what stands beside the kind stays. */
function withDefaults(operation: Config, defaults: ScopeStack['defaults'], compilation: Compilation): Config {
  const inner = Object.entries(operation).flatMap(([kind, config]) =>
    compilation.samplers.has(kind) && isObject(config)
      ? [[kind, overDefaults(kind, config, defaults, compilation)] as const]
      : [],
  );
  return replaced(operation, inner, compilation);
}

/** The same with other values of some keys, each where it was. */
function replaced(
  config: Config,
  entries: readonly (readonly [string, unknown])[],
  compilation: Compilation,
): Config {
  const copy = { ...config, ...Object.fromEntries(entries) };
  for (const key of Object.keys(copy)) compilation.place(copy, key, compilation.locate(config, key));
  return copy;
}
