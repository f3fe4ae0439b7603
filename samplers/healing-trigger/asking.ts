import type { Outcome } from '../../engine/model/sample.ts';
import type { Keep, UserHandle } from '../../engine/model/sampler.ts';
import { formatMs } from '../../engine/model/units.ts';
import { notYet } from './answer.ts';
import { idPlaceholder } from './issue-id.ts';
import { operatorOf, type Poll } from './operations.ts';
import type { OperatorsAtWork } from './operators-at-work.ts';
import { failed, thrown, type Cause, type Traffic } from './outcome.ts';
import type { Pauses } from './pauses.ts';

/** The answer that showed what was waited for, and when it was there, on the steady clock. */
export interface Answered {
  readonly answer: Outcome;
  readonly atMs: number;
}

/** That, or what was the end of it. */
export type Seen = Answered | { readonly end: Outcome };

export interface AskingOptions {
  readonly user: UserHandle;
  readonly operators: OperatorsAtWork;
  readonly pauses: Pauses;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** What is kept of requests and answers, because somebody wants to see the parts. */
  readonly keep: Keep | null;
}

/** What is asked about one issue; counts what that moves. */
export class Asking {
  readonly traffic: Traffic = { bytesReceived: 0, bytesSent: 0 };
  polls = 0;
  issueId: string | undefined;
  readonly #options: AskingOptions;
  #startMs = performance.now();

  constructor(options: AskingOptions) {
    this.#options = options;
  }

  /** The time from which is waited begins now. */
  restart(): number {
    this.#startMs = performance.now();
    return this.#startMs;
  }

  /** What took so long was not waited for. */
  leaveOut(ms: number): void {
    this.#startMs += ms;
  }

  /** Performs an operation once. What it throws is a failed outcome. */
  async perform(operation: object, ready: () => void = () => undefined): Promise<Outcome> {
    const { operators, user, keep } = this.#options;
    const withinMs = Math.max(this.#leftMs(), leastAnswerMs);
    let outcome: Outcome;
    try {
      if (this.issueId === undefined && needsId(operation)) throw new Error(noId);
      const circumstances = { withinMs, issueId: this.issueId, keep, ready };
      const performed = await operators.perform(operation, user, circumstances);
      outcome = performed ?? thrown('there was nothing to do');
    } catch (error) {
      outcome = thrown(error);
    }
    this.traffic.bytesReceived += outcome.bytesReceived;
    this.traffic.bytesSent += outcome.bytesSent;
    return outcome;
  }

  /** Asks until the answer is as it should be, or the time is over; then is the last question. */
  async until(poll: Poll, cause: Cause, what: string): Promise<Seen> {
    const { pauses, intervalMs, timeoutMs } = this.#options;
    if (this.issueId === undefined && needsId(poll))
      return { end: failed('no_id', `${what}: ${noId}`, this.traffic) };
    for (let polls = 1; ; polls++) {
      const isLast = this.#leftMs() <= 0;
      const answer = await this.perform(poll);
      const atMs = performance.now();
      this.polls += 1;
      const why = notYet(answer, poll.until, this.issueId);
      if (why === null) return { answer, atMs };
      if (isLast && !pauses.isOver) {
        const asked = `asked ${polls} time${polls === 1 ? '' : 's'}, at last: ${why}`;
        return { end: failed(cause, `${what} within ${formatMs(timeoutMs)}: ${asked}`, this.traffic) };
      }
      const goesOn = await pauses.pause(Math.max(0, Math.min(intervalMs, this.#leftMs())));
      if (!goesOn) return { end: failed('interrupted', `${what} when the run was stopped`, this.traffic) };
    }
  }

  #leftMs(): number {
    return this.#startMs + this.#options.timeoutMs - performance.now();
  }
}

/** For the last answer, which is asked for when the time is over. */
const leastAnswerMs = 1000;

function needsId(operation: object): boolean {
  return JSON.stringify(operatorOf(operation)).includes(idPlaceholder);
}

const noId = `no answer has told the id of the issue, which ${idPlaceholder} stands for: issueId: is the JSONPath to it`;
