import type { Render, RenderScope } from '../scope.ts';
import { argument, evaluatedSlot, failure, storing, writtenOut, type TemplateFunction } from './function.ts';

/**
 * `${__StringFromFile(path,variable,start,end)}`: the next line of a file; after the last comes the first
 * (`StringFromFile.java`). The variable is `StringFromFile_` when it is left out. All users of all
 * workers share an occurrence's place in the file. A file that cannot be read gives `**ERR**`.
 *
 * With a start the path holds a number, `data#'.'txt` or `data000'.'txt`, which grows with every file; after the end
 * it is an error, where JMeter stops the user.
 */
export const stringFromFile: TemplateFunction = {
  name: '__StringFromFile',
  description: 'The next line of a file with each call; after the last comes the first.',
  example: { template: '${__StringFromFile(users.csv)}', gives: 'user,password' },
  minArguments: 1,
  maxArguments: 4,
  usage: '(path, [variable = StringFromFile_], [start], [end])',
  setsVariable: 1,
  check(text, index) {
    if (index >= 2 && text !== '' && wholeOrNone(text) === undefined)
      throw new RangeError(`__StringFromFile counts files by whole numbers, found "${text}"`);
  },
  mistake([, , start, end]) {
    const [from, to] = [writtenOut(start), writtenOut(end)];
    return from !== null && to !== null && Number(from) > Number(to)
      ? `needs start ≤ end, found ${from} and ${to}`
      : null;
  },
  readsFile([path, , start = '']) {
    if (typeof path !== 'string' || path === '' || typeof start !== 'string') return null;
    const number = wholeOrNone(start);
    return number === undefined ? path : numbered(path, number);
  },
  make(args, slot) {
    const lines = new Lines(args, slot);
    const variable = args[1] ?? (() => 'StringFromFile_');
    return storing([variable], 0, (scope) => lines.next(scope));
  },
};

/** A place in a file, or in a row of files. */
class Lines {
  readonly #path: Render;
  readonly #start: Render;
  readonly #end: Render;
  #number: number | undefined;
  readonly #slot: number;
  #lines: readonly string[] = [];
  /** Lines in the files before this one. */
  #before = 0;
  /** Lines taken, in text that is evaluated while the plan runs. */
  #own = 0;
  #unreadable = false;
  #isNumbered = false;

  constructor(args: readonly Render[], slot: number) {
    this.#slot = slot;
    [this.#path, this.#start, this.#end] = [argument(args, 0), argument(args, 2), argument(args, 3)];
  }

  next(scope: RenderScope): string {
    const taken = this.#slot === evaluatedSlot ? (this.#own += 1) : scope.counters.next(this.#slot);
    while (!this.#unreadable && this.#mustOpen(taken)) this.#open(scope);
    return this.#unreadable
      ? '**ERR**'
      : (this.#lines[(taken - this.#before - 1) % this.#lines.length] ?? '**ERR**');
  }

  /** A file without a number is read once per worker, and begins again. */
  #mustOpen(taken: number): boolean {
    return this.#lines.length === 0 || (this.#isNumbered && taken - this.#before > this.#lines.length);
  }

  #open(scope: RenderScope): void {
    const path = this.#nextPath(scope);
    this.#before += this.#lines.length;
    try {
      this.#lines = scope.host
        .readFile(path, 'utf-8')
        .replace(/\r?\n$/, '')
        .split(/\r?\n/);
    } catch (error) {
      this.#unreadable = true;
      scope.host.log('ERROR', `__StringFromFile: ${path}: ${failure(error)}`);
    }
  }

  #nextPath(scope: RenderScope): string {
    const [start, end] = [wholeOrNone(this.#start(scope)), wholeOrNone(this.#end(scope))];
    const number = this.#number ?? start ?? 1;
    if (end !== undefined && number > end)
      throw new RangeError(`__StringFromFile has no file after number ${end}`);
    this.#number = number + 1;
    this.#isNumbered = start !== undefined;
    const path = this.#path(scope);
    return start === undefined ? path : numbered(path, number);
  }
}

function wholeOrNone(text: string): number | undefined {
  return /^-?\d+$/.test(text) ? Number(text) : undefined;
}

/** `data#'.'txt`: digits stand where `#` and `0` do, at least as many as there are zeros; quotes go (`DecimalFormat`). */
function numbered(path: string, number: number): string {
  let written = false;
  return path.replaceAll(/'([^']*)'|[#0]+/g, (run, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted;
    if (written) return run;
    written = true;
    return String(number).padStart(run.replaceAll('#', '').length, '0');
  });
}
