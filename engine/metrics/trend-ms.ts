import type { Sample } from '../model/sample.ts';
import type { TrendName } from '../model/threshold.ts';

/** One of the times of a sample. */
export function trendMs(name: TrendName, sample: Sample): number {
  switch (name) {
    case 'elapsed':
      return sample.elapsedMs;
    case 'latency':
      return sample.latencyMs;
    case 'connect':
      return sample.connectMs;
    case 'response':
      return sample.startEpochMs - sample.dueEpochMs + sample.elapsedMs;
    case 'lateness':
      return sample.startEpochMs - sample.dueEpochMs;
  }
}
