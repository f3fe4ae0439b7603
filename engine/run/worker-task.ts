import type { MessagePort } from 'node:worker_threads';
import type { EnvironmentProxies } from '../model/environment-proxies.ts';
import type { LiveLoad } from '../model/live-load.ts';
import type { LogThreshold } from '../model/log-level.ts';
import type { UserCounts } from '../model/metrics.ts';
import type { Share, SharedState } from '../model/protocol.ts';

/** The argument of the one long task of a worker. */
export interface WorkerTask {
  readonly share: Share;
  /** Added to the machine's steady clock (`process.hrtime`, milliseconds) it gives the time since 1970. */
  readonly epochOffsetMs: number;
  readonly port: MessagePort;
  readonly shared: SharedState;
  /** The load as people have set it by now; changes come by message. */
  readonly load: LiveLoad;
  /** Whether any listener reads raw samples. */
  readonly wantsSamples: boolean;
  readonly windowMs: number;
  /** Files that functions and data sources read lie here. */
  readonly planFolder: string;
  /** How long a user may take for its tear-down and clean-up. */
  readonly graceMs: number;
  /** What became of this worker's users before: it takes the place of one that died. Null: it is the first. */
  readonly users: UserCounts | null;
  /** The proxies of the environment; null: none, or they are left aside. */
  readonly proxies: EnvironmentProxies | null;
  readonly logThreshold: LogThreshold;
  /** Scripts run without the sandbox. */
  readonly trustedScripts: boolean;
}
