import type { Flow } from '../elements/element.ts';
import type { Sample } from '../model/sample.ts';
import type { GroupRun } from './group-run.ts';
import type { User } from './user.ts';

/** Counts a failed sample, and says where the user goes: what the group says of failures. */
export function afterFailure(user: User, sample: Sample, group: GroupRun): Flow {
  user.noteFailure(sample);
  const { onError } = group.config;
  if (onError !== 'continue') group.world.trace?.tell({ kind: 'onError', onError });
  switch (onError) {
    case 'continue':
      return 'next';
    case 'startNextLoop':
      return 'nextLoop';
    case 'stopThread':
      return 'stopThread';
    case 'stopTest':
    case 'stopTestNow':
      group.world.stopTest(
        onError === 'stopTest' ? 'soon' : 'now',
        `${sample.threadName}: "${sample.label}" failed (${sample.failure || sample.code}) and onError is ${onError}`,
      );
      return 'stopThread';
  }
}
