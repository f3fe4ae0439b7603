import { isJsonMap, type ExactJson } from '../json/exact-number.ts';

/**
 * `target` with `patch` merged into it: maps merge key by key, null takes a key away, all else replaces. JSON Merge Patch
 * (RFC 7396, section 2). `target` is not changed.
 */
export function mergePatch(target: ExactJson | undefined, patch: ExactJson): ExactJson {
  if (!isJsonMap(patch)) return patch;
  const merged = new Map(Object.entries(isJsonMap(target) ? target : {}));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}
