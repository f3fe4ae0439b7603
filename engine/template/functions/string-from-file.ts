import type { Render, RenderScope } from '../scope.ts';
import { argument, failure, storing, type TemplateFunction } from './function.ts';

/**
 * `${__StringFromFile(path,variable,start,end)}`: the next line of a file; after the last comes the first
 * (`StringFromFile.java`). The variable is `StringFromFile_` when it is left out. All users of a worker share an
 * occurrence's place in the file; each worker reads for itself. A file that cannot be read gives `**ERR**`.
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
  make(args) {
    const lines = new Lines(args);
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
  #lines: readonly string[] = [];
  #at = 0;
  #unreadable = false;

  constructor(args: readonly Render[]) {
    [this.#path, this.#start, this.#end] = [argument(args, 0), argument(args, 2), argument(args, 3)];
  }

  next(scope: RenderScope): string {
    if (this.#at >= this.#lines.length && !this.#unreadable) this.#open(scope);
    return this.#unreadable ? '**ERR**' : (this.#lines[this.#at++] ?? '**ERR**');
  }

  #open(scope: RenderScope): void {
    const path = this.#nextPath(scope);
    this.#at = 0;
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
