/**
 * How deep elements may lie in each other. Queries cost the depth as often over as they have steps; browsers stop at 512,
 * libxml2 at 256 unless told otherwise.
 */
export const deepest = 2000;

/** Throws when elements lie too deep in each other to be looked through. */
export function refuseTooDeep(depth: number): void {
  if (depth > deepest) {
    throw new RangeError(`its elements are nested more than ${deepest} deep, and are not looked through`);
  }
}
