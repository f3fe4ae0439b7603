import type { CleanUpResult } from '../model/run-result.ts';

/** `clean-up: 3 of 40 failed, the first: DELETE /users/7: 500; 2 were left undone`. Null when all was done. */
export function undoneText({ registered, failed, left, firstFailure }: CleanUpResult): string | null {
  const first = firstFailure === '' ? '' : `, the first: ${firstFailure}`;
  const parts = [
    ...(failed > 0 ? [`${failed} of ${registered} failed${first}`] : []),
    ...(left > 0 ? [`${left} of ${registered} ${left === 1 ? 'was' : 'were'} left undone`] : []),
  ];
  return parts.length === 0 ? null : `clean-up: ${parts.join('; ')}`;
}
