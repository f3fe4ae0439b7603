import type { RenderScope } from '../../template/scope.ts';

/** `x_g`: how many groups; `x_g0`: the whole match; `x_g1` …: the groups. One that took no part is empty. */
export function storeGroups(user: RenderScope, variable: string, match: RegExpExecArray): void {
  clearGroups(user, variable, match.length);
  user.set(`${variable}_g`, String(match.length - 1));
  for (let n = 0; n < match.length; n++) user.set(`${variable}_g${n}`, match[n] ?? '');
}

/** Takes away the groups from the given number on; all of them with 0. */
export function clearGroups(user: RenderScope, variable: string, from: number): void {
  const count = user.get(`${variable}_g`);
  if (count === undefined) return;
  for (let n = from; n <= Number(count); n++) user.unset(`${variable}_g${n}`);
  if (from === 0) user.unset(`${variable}_g`);
}
