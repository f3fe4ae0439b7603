import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Outcome } from '../../engine/model/sample.ts';
import type { OpenOptions, OpenSampler, SampleContext } from '../../engine/model/sampler.ts';
import { Child, type Command, type Ended } from './child.ts';
import type { TestCase } from './junit.ts';
import { metricsOf } from './metrics.ts';
import { caseOutcome, casesText, exitText, failed, outcomeOf } from './outcome.ts';
import { programMistake } from './program.ts';
import { ResultFile, type Result } from './read-result.ts';
import type { ProcessConfig } from './schema.ts';
import { splitCommand } from './split-command.ts';

/** A command ready to be run; what it tells while it runs is still to be heard. */
type Prepared = Omit<Command, 'firstByte' | 'ended'>;

/** What a command may take to be gone once it is killed, its last output included; or once the run is over. */
const endingMs = 2000;

/** Every run has the limit, and may take a while to obey it. */
function longestRunMs({ timeout, killAfter }: ProcessConfig): number {
  return timeout === 0 ? Infinity : timeout + killAfter + endingMs;
}

/** Commands of one worker: those that are at work. */
export class ProcessSampler implements OpenSampler<ProcessConfig> {
  readonly #options: Pick<OpenOptions, 'readBytes' | 'pathOf'>;
  readonly #children = new Set<Child>();

  constructor(options: Pick<OpenOptions, 'readBytes' | 'pathOf'>) {
    this.#options = options;
  }

  async perform(config: ProcessConfig, context: SampleContext): Promise<Outcome> {
    const prepared = this.#prepare(config);
    if ('mistake' in prepared) return failed('command', prepared.mistake);
    const warmUp = await this.#warmUp(config, prepared);
    if (warmUp !== null) return warmUp;
    const file = config.read === undefined ? null : new ResultFile(config.read, prepared.folder);
    const { runs, outcome } = await this.#measure(config, prepared, context);
    context.done();
    // A command that was ended, or ended badly, need not have written anything.
    const result = file === null ? null : await file.result();
    const isMissing = outcome.ok && result !== null && 'mistake' in result;
    const told = isMissing ? failed('read', result.mistake, outcome.bytesReceived) : outcome;
    return withContent(told, { config, prepared, runs, result }, context);
  }

  deadlineMs(config: ProcessConfig): number {
    return config.iterations * longestRunMs(config);
  }

  preparesWithinMs(config: ProcessConfig): number {
    return config.warmUp === 0 ? 0 : config.warmUp * longestRunMs(config);
  }

  endsWithinMs(): number {
    return endingMs;
  }

  abort(): void {
    for (const child of this.#children) child.end('interrupted');
  }

  async close(): Promise<void> {
    const ending = [...this.#children].map((child) => {
      child.kill();
      return child.ended;
    });
    await Promise.allSettled(ending);
    // Whoever waits for them has to say what became of them, before the worker is gone.
    await new Promise((resolve) => setImmediate(resolve));
  }

  #prepare(config: ProcessConfig): Prepared | { readonly mistake: string } {
    const words = wordsOf(config);
    const [program] = words ?? [];
    if (words === null || program === undefined)
      return { mistake: `there is no command in ${JSON.stringify(config.command)}` };
    const folder = resolve(this.#options.pathOf('.'), config.cwd);
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
      return { mistake: `there is no folder "${config.cwd}" to run it in (${folder})` };
    const env = { ...process.env, ...config.env };
    const mistake = programMistake(program, folder, env['PATH'] ?? '/usr/bin:/bin');
    if (mistake !== null) return { mistake };
    const { timeout: timeoutMs, killAfter: killAfterMs, maxOutput: outputLimitBytes } = config;
    return { words, folder, env, stdin: this.#stdin(config), timeoutMs, killAfterMs, outputLimitBytes };
  }

  #stdin({ stdin }: ProcessConfig): Uint8Array | null {
    if (stdin === undefined) return null;
    return typeof stdin === 'string' ? Buffer.from(stdin) : this.#options.readBytes(stdin.file);
  }

  /** The failure of one that did not end well, or null. Nothing of them is measured. */
  async #warmUp({ warmUp, timeout }: ProcessConfig, prepared: Prepared): Promise<Outcome | null> {
    for (let run = 1; run <= warmUp; run++) {
      const ended = await this.#run(prepared, silent);
      const outcome = outcomeOf(ended, { timeoutMs: timeout, bytesSent: 0 });
      if (!outcome.ok)
        return failed(
          'warmUp',
          `run ${run} of ${warmUp} to warm up: ${outcome.failure ?? outcome.explanation ?? ''}`,
        );
    }
    return null;
  }

  async #measure(
    config: ProcessConfig,
    prepared: Prepared,
    context: SampleContext,
  ): Promise<{ readonly runs: readonly Ended[]; readonly outcome: Outcome }> {
    if (config.warmUp > 0) context.ready();
    const runs: Ended[] = [];
    const bytesSent = prepared.stdin?.length ?? 0;
    let outcome: Outcome;
    do {
      const part = config.iterations > 1 ? context.begin(`run-${runs.length + 1}`) : null;
      const ended = await this.#run(prepared, {
        firstByte: () => {
          context.firstByte();
          part?.firstByte();
        },
        ended: () => {
          if (runs.length + 1 === config.iterations) context.done();
        },
      });
      runs.push(ended);
      outcome = outcomeOf(ended, { timeoutMs: config.timeout, bytesSent });
      part?.end(partOf(outcome));
    } while (outcome.ok && runs.length < config.iterations);
    return { runs, outcome: config.iterations > 1 ? overAll(outcome, runs, config) : outcome };
  }

  async #run(prepared: Prepared, heard: Pick<Command, 'firstByte' | 'ended'>): Promise<Ended> {
    const child = new Child({ ...prepared, ...heard });
    this.#children.add(child);
    try {
      return await child.ended;
    } finally {
      this.#children.delete(child);
    }
  }
}

const silent = { firstByte: () => undefined, ended: () => undefined };

function wordsOf({ command, shell }: ProcessConfig): readonly string[] | null {
  if (typeof command !== 'string') return command;
  return shell ? ['/bin/sh', '-c', command] : splitCommand(command);
}

/** A part has no code that could be expected: why it failed is told at once. */
function partOf({ explanation, ...outcome }: Outcome): Outcome {
  return explanation === undefined ? outcome : { failure: explanation, ...outcome };
}

/** The outcome of several runs: that of the last, which is the first that did not end well. */
function overAll(outcome: Outcome, runs: readonly Ended[], { iterations }: ProcessConfig): Outcome {
  const bytesReceived = runs.reduce((sum, { stdout, stderr }) => sum + stdout.bytes + stderr.bytes, 0);
  const sums = { bytesReceived, bytesSent: outcome.bytesSent * runs.length };
  if (outcome.ok) return { ...outcome, ...sums };
  const where = `run ${runs.length} of ${iterations}: `;
  const { failure, explanation } = outcome;
  return {
    ...outcome,
    ...sums,
    ...(failure !== undefined && { failure: failure.replace(': ', `: ${where}`) }),
    ...(explanation !== undefined && { explanation: where + explanation }),
  };
}

/** What the runs of a sample have left. */
interface Left {
  readonly config: ProcessConfig;
  readonly prepared: Prepared;
  readonly runs: readonly Ended[];
  readonly result: Result | null;
}

/** Adds what is measured and kept of the runs, and the test cases as parts. */
function withContent(outcome: Outcome, left: Left, context: SampleContext): Outcome {
  const { config, runs } = left;
  const cases = casesOf(left);
  if (config.iterations === 1)
    for (const one of cases ?? [])
      context.part(caseOutcome(one), { name: one.name, elapsedMs: one.elapsedMs });
  return {
    ...outcome,
    ...explanationOf(outcome, cases ?? []),
    metrics: metricsOf(runs, cases),
    ...(context.keepBody && { body: bodyOf(left) }),
    ...(context.keepHeaders && { headers: headersOf(runs) }),
    ...(context.keepRequest && askedFor(left, context)),
  };
}

/** Null without a report. */
function casesOf({ config, result }: Left): readonly TestCase[] | null {
  return config.read?.junit === undefined || result === null || 'mistake' in result ? null : result.cases;
}

/** Where tests are why a command ended as it did, they say more than its output. */
function explanationOf(
  { code, explanation }: Outcome,
  cases: readonly TestCase[],
): Pick<Outcome, 'explanation'> {
  const unpassed = casesText(cases);
  if (unpassed === null || explanation === undefined) return {};
  return { explanation: `${exitText(Number(code))}: ${unpassed}` };
}

function bodyOf({ runs, result }: Left): Uint8Array {
  if (result !== null && 'body' in result) return result.body;
  const last = runs.at(-1);
  return last === undefined ? new Uint8Array() : outputOf(last);
}

/** Its standard output; or what it says instead, when it did not end well. */
function outputOf({ code, cause, stdout, stderr }: Ended): Buffer {
  const isWell = code === 0 && cause === null;
  return isWell || stdout.bytes > 0 ? stdout.content() : stderr.content();
}

/** The end of its errors. */
function headersOf(runs: readonly Ended[]): NonNullable<Outcome['headers']> {
  const said = runs.at(-1)?.stderr.content().subarray(-errorBytes).toString() ?? '';
  return said === '' ? [] : [['stderr', said]];
}

const errorBytes = 4096;

/** The command, and how people see it where it holds a secret: a text is split into words after it was put in. */
function askedFor({ config, prepared }: Left, { shown }: SampleContext): Pick<Outcome, 'request' | 'shown'> {
  const request = requestOf(prepared);
  if (shown === undefined) return { request };
  const told = typeof shown === 'object' ? { ...config, ...shown } : config;
  const url = wordsOf(told)?.join(' ') ?? '***';
  const body = typeof told.stdin === 'string' ? told.stdin : request.body;
  return { request, shown: { url: null, request: { ...request, url, body } } };
}

function requestOf({ words, stdin }: Prepared): NonNullable<Outcome['request']> {
  return {
    method: 'RUN',
    url: words.join(' '),
    headers: [],
    body: stdin === null ? '' : Buffer.from(stdin).toString(),
  };
}
