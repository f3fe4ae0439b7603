import { exitCodes, type ExitCode } from '../model/errors.ts';
import type { FromWorker, ToWorker } from '../model/protocol.ts';
import type { FanOut } from './fan-out.ts';
import type { LostWorkers } from './lost-workers.ts';
import { unpackSamples } from './packed-samples.ts';
import type { Phases } from './phases.ts';
import type { RunLog } from './run-log.ts';
import type { RunTotals } from './run-totals.ts';
import { SaidOnce } from './said-once.ts';
import type { WindowMerger } from './window-merger.ts';

export interface InboxOptions {
  readonly lost: Pick<LostWorkers, 'samples' | 'window'>;
  readonly fanOut: Pick<FanOut, 'samples' | 'trace'>;
  readonly totals: Pick<RunTotals, 'add'>;
  readonly merger: Pick<WindowMerger, 'add'>;
  readonly phases: Pick<Phases, 'groupDone'>;
  readonly log: Pick<RunLog, 'add'>;
  ready(worker: number): void;
  /** The plan has asked for the end of the run. */
  stop(mode: 'soon' | 'now'): void;
  /** Something for which the run does not pass. */
  failed(code: ExitCode, reason: string): void;
  sendToAll(message: ToWorker): void;
  say(text: string): void;
}

/** Where the messages of workers go. */
export class Inbox {
  /** Those that users have set. */
  readonly properties = new Map<string, string>();
  readonly #options: InboxOptions;
  readonly #problems: SaidOnce;

  constructor(options: InboxOptions) {
    this.#options = options;
    this.#problems = new SaidOnce((message) => options.say(message));
  }

  receive(worker: number, message: FromWorker, reply: (message: ToWorker) => void): void {
    const { lost, fanOut, totals, merger, phases, log } = this.#options;
    switch (message.type) {
      case 'ready':
        this.#options.ready(worker);
        break;
      case 'samples':
        lost.samples(worker, message.batch);
        void fanOut.samples(unpackSamples(message.batch)).then(() => reply({ type: 'taken', batches: 1 }));
        break;
      case 'window':
        lost.window(message.window);
        totals.add(message.window);
        merger.add(message.window);
        break;
      case 'groupDone':
        phases.groupDone(worker, message);
        break;
      case 'log':
        log.add(message.lines, message.leftOut);
        break;
      case 'trace':
        void fanOut.trace(message.event);
        break;
      case 'stopTest':
      case 'stopGroup':
      case 'property':
      case 'problem':
        this.#asked(worker, message);
    }
  }

  /** What users ask for, and what is wrong. */
  #asked(
    worker: number,
    message: Extract<FromWorker, { type: 'stopTest' | 'stopGroup' | 'property' | 'problem' }>,
  ): void {
    const options = this.#options;
    switch (message.type) {
      case 'stopTest':
        options.failed(exitCodes.thresholdFailed, `stopped by the plan: ${message.reason}`);
        options.stop(message.mode);
        break;
      case 'stopGroup':
        options.say(`a group is stopped by the plan: ${message.reason}`);
        options.sendToAll({ type: 'stopGroup', group: message.group });
        break;
      case 'property':
        this.properties.set(message.name, message.value);
        options.sendToAll({ ...message, worker });
        break;
      case 'problem':
        if (message.failsRun) options.failed(exitCodes.thresholdFailed, message.message);
        this.#problems.add(message.message);
        break;
    }
  }
}
