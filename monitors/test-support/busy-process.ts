import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** What the process does on demand, a word a line; it ends when its input does, or after half a minute. */
const program = `
const { openSync, writeSync, fsyncSync } = require('node:fs');
const { spawn } = require('node:child_process');
const { createServer } = require('node:net');
const held = [];
const doing = {
  burn() { setInterval(() => { const end = Date.now() + 90; while (Date.now() < end); }, 100); },
  allocate() { held.push(Buffer.alloc(80_000_000, 1)); },
  write() {
    const file = openSync(process.argv[1], 'w');
    setInterval(() => { writeSync(file, Buffer.alloc(500_000, 1), 0, 500_000, 0); fsyncSync(file); }, 100);
  },
  open() { for (let i = 0; i < 50; i++) held.push(openSync('/dev/null')); },
  fork() {
    const child = spawn(process.execPath, ['-e', 'const b = Buffer.alloc(60e6, 1); setInterval(() => b.length, 9)'], { stdio: 'ignore' });
    process.on('exit', () => child.kill('SIGKILL'));
  },
  listen() { createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port); }); },
};
setTimeout(() => process.exit(), 30_000);
process.stdin.setEncoding('utf8').on('data', (text) => text.trim().split('\\n').forEach((word) => { doing[word](); if (word !== 'listen') console.log('done'); }));
process.stdin.on('end', () => process.exit());
console.log('ready');
`;

/** A process that does what it is told, for as long as the test lasts. */
export class BusyProcess {
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  #wake: () => void = () => undefined;

  private constructor(folder: string, arg0?: string) {
    this.#child = spawn(process.execPath, ['-e', program, join(folder, 'written')], {
      stdio: ['pipe', 'pipe', 'inherit'],
      ...(arg0 === undefined ? {} : { argv0: arg0 }),
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#lines.push(...text.trim().split('\n'));
      this.#wake();
    });
  }

  static async start(arg0?: string): Promise<BusyProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'loadplan-busy-'));
    const busy = new BusyProcess(folder, arg0);
    onTestFinished(async () => {
      await busy.end();
      rmSync(folder, { recursive: true });
    });
    await busy.#line();
    return busy;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Resolves with what it says when it has begun. */
  async does(word: 'burn' | 'allocate' | 'write' | 'open' | 'fork' | 'listen'): Promise<string> {
    this.#child.stdin?.write(`${word}\n`);
    return this.#line();
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    // Not by a signal: that would leave the process behind that it has forked.
    this.#child.stdin?.end();
    await gone;
  }

  async #line(): Promise<string> {
    while (this.#lines.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#lines.shift() ?? '';
  }
}
