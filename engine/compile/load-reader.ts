import type { Position } from '../model/errors.ts';
import type { JsonSchema } from '../model/json-schema.ts';
import { loadKeys } from '../model/load-keys.ts';
import { type Compilation } from './compilation.ts';
import { compileConfig } from './config.ts';

type LoadKey = keyof typeof loadKeys;

/** Reads what is said of the load, in a group or in the plan; each must be known before the run. */
export function loadReader(
  place: { readonly config: object; readonly at: Position },
  compilation: Compilation,
) {
  const config = new Map<string, unknown>(Object.entries(place.config));
  const value = (key: LoadKey): unknown => {
    const schema: JsonSchema = loadKeys[key];
    const written = config.get(key) ?? schema.default;
    if (written === undefined) return undefined;
    const at = compilation.locate(place.config, key) ?? place.at;
    const node = compileConfig({ value: written, schema, path: key, at }, compilation);
    if ('constant' in node) return node.constant;
    const unknown = typeof written === 'string' ? written : key;
    compilation.problem(`${key} must be known before the run; "${unknown}" is only set during it`, at);
    return undefined;
  };
  return {
    value,
    isWritten: (key: LoadKey): boolean => config.has(key),
    number: (key: LoadKey): number | null => {
      const found = value(key);
      return typeof found === 'number' ? found : null;
    },
  };
}
