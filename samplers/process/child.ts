import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { constants } from 'node:os';
import { Readable } from 'node:stream';
import { cpuMsOf, meteredArguments, shellPath, timesDescriptor } from './metered-shell.ts';
import { signalMarked } from './marked-processes.ts';
import { PeakMemory } from './peak-memory.ts';
import { Tail } from './tail.ts';

export interface Command {
  /** Program and arguments. */
  readonly words: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Uint8Array | null;
  /** 0: no limit. */
  readonly timeoutMs: number;
  /** From asking the command to end until it is killed. */
  readonly killAfterMs: number;
  /** Kept of each output. */
  readonly outputLimitBytes: number;
  /** The first byte of the output is there. */
  readonly firstByte: () => void;
  /** The command has ended; its output may still be on its way. */
  readonly ended: () => void;
}

/** What became of a command. */
export interface Ended {
  /** As a shell counts: 128 and more is the number of the signal that ended it. */
  readonly code: number;
  /** Why it was ended by us, or null. */
  readonly cause: 'timeout' | 'interrupted' | null;
  readonly wallMs: number;
  /** Undefined where it cannot be known. */
  readonly cpuMs: number | undefined;
  readonly peakMemoryBytes: number | undefined;
  readonly stdout: Tail;
  readonly stderr: Tail;
}

/** A command at work, in a process group of its own, so that all it starts ends with it; what leaves the group is found by its mark. */
export class Child {
  readonly ended: Promise<Ended>;
  readonly #process: ChildProcess;
  readonly #command: Command;
  /** What the command starts bears it, wherever it goes. */
  readonly #mark = randomUUID();
  readonly #memory: PeakMemory | undefined;
  readonly #startMs = performance.now();
  readonly #stdout: Tail;
  readonly #stderr: Tail;
  readonly #timers: NodeJS.Timeout[] = [];
  #times = '';
  #cause: Ended['cause'] = null;
  #code: number | null = null;
  #wallMs = 0;
  #peakMemoryBytes: number | undefined;

  constructor(command: Command) {
    this.#command = command;
    this.#stdout = new Tail(command.outputLimitBytes);
    this.#stderr = new Tail(command.outputLimitBytes);
    this.#process = spawn(shellPath, meteredArguments(command.words, this.#mark), {
      cwd: command.folder,
      env: command.env,
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      detached: true,
    });
    this.ended = new Promise((resolve, reject) => {
      this.#process.once('error', reject);
      this.#process.once('exit', (code, signal) => this.#exited(code, signal));
      this.#process.once('close', () => resolve(this.#result()));
    });
    if (this.#process.pid !== undefined) this.#memory = new PeakMemory(this.#process.pid);
    this.#listen();
    this.#send(command.stdin);
    if (command.timeoutMs > 0) this.#after(command.timeoutMs, () => this.end('timeout'));
  }

  /** Asks the command to end, and kills it if it does not in time. */
  end(cause: 'timeout' | 'interrupted'): void {
    if (this.#code !== null || this.#cause !== null) return;
    this.#cause = cause;
    this.#signal('SIGTERM');
    const { killAfterMs } = this.#command;
    const waitMs = cause === 'timeout' ? killAfterMs : Math.min(killAfterMs, interruptedMs);
    this.#after(waitMs, () => this.#signal('SIGKILL'));
  }

  /** At once. */
  kill(): void {
    if (this.#code !== null) return;
    this.#cause ??= 'interrupted';
    this.#signal('SIGKILL');
  }

  #listen(): void {
    const { stdout, stderr, stdio } = this.#process;
    stdout?.once('data', this.#command.firstByte);
    stdout?.on('data', (chunk: Buffer) => this.#stdout.add(chunk));
    stderr?.on('data', (chunk: Buffer) => this.#stderr.add(chunk));
    const times = stdio[timesDescriptor];
    if (times instanceof Readable)
      times.on('data', (chunk: Buffer) => (this.#times = (this.#times + chunk.toString()).slice(0, 1000)));
  }

  /** A command that does not read its input is no failure. */
  #send(content: Uint8Array | null): void {
    this.#process.stdin?.on('error', () => undefined);
    this.#process.stdin?.end(content ?? undefined);
  }

  #exited(code: number | null, signal: NodeJS.Signals | null): void {
    this.#code = code ?? 128 + (signal ? constants.signals[signal] : 0);
    this.#wallMs = performance.now() - this.#startMs;
    this.#peakMemoryBytes = this.#memory?.stop();
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
    this.#command.ended();
    // What it has left running in its group would keep the outputs open, and stay.
    this.#signal('SIGKILL');
    this.#after(drainMs, () => this.#destroyStreams());
  }

  /** A process that has left the group may hold an output open for ever. */
  #destroyStreams(): void {
    for (const stream of this.#process.stdio) stream?.destroy();
  }

  #result(): Ended {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
    return {
      code: this.#code ?? 0,
      cause: this.#cause,
      wallMs: this.#wallMs,
      cpuMs: cpuMsOf(this.#times),
      peakMemoryBytes: this.#peakMemoryBytes,
      stdout: this.#stdout,
      stderr: this.#stderr,
    };
  }

  #signal(signal: 'SIGTERM' | 'SIGKILL'): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // Nobody is left in the group.
    }
    // What a command that ended by itself has put aside, such as a server, is meant to stay.
    if (this.#cause !== null) signalMarked(this.#mark, pid, signal);
  }

  #after(ms: number, act: () => void): void {
    this.#timers.push(setTimeout(act, ms));
  }
}

/** The most that a command may take to end when the run is over. */
const interruptedMs = 1000;

/** For the rest of the output, once the command has ended. */
const drainMs = 500;
