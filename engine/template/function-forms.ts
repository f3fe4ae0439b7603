import { argument, storing, type FunctionWords, type TemplateFunction } from './functions/function.ts';
import type { Render, RenderScope } from './scope.ts';

/** A function that turns one text into another and takes no variable. */
export function conversion(words: FunctionWords, convert: (text: string) => string): TemplateFunction {
  return {
    ...words,
    minArguments: 1,
    maxArguments: 1,
    usage: '(text)',
    make(args) {
      const text = argument(args, 0);
      return (scope) => convert(text(scope));
    },
  };
}

/** A function that turns one text into another and may store it in a variable. */
export function storedConversion(
  words: FunctionWords,
  convert: (text: string, scope: RenderScope) => string,
): TemplateFunction {
  return {
    ...words,
    minArguments: 1,
    maxArguments: 2,
    usage: '(text, [variable])',
    setsVariable: 1,
    make(args) {
      const text = argument(args, 0);
      return storing(args, 1, (scope) => convert(text(scope), scope));
    },
  };
}

/** A function without arguments but, if `stores`, a variable for its result. */
export function reading(words: FunctionWords, read: Render, stores: boolean): TemplateFunction {
  return {
    ...words,
    minArguments: 0,
    maxArguments: stores ? 1 : 0,
    usage: stores ? '([variable])' : '',
    ...(stores ? { setsVariable: 0 } : {}),
    make: (args) => storing(args, 0, read),
  };
}

/** How a sum reads a number (undefined when text is none), adds and writes. */
export interface Addition<T> {
  readonly zero: T;
  readonly read: (text: string) => T | undefined;
  readonly add: (a: T, b: T) => T;
  readonly write: (sum: T) => string;
}

/** A function that adds its arguments. The last is a variable for the sum unless it is a number, too. */
export function sum<T>(words: FunctionWords, { zero, read, add, write }: Addition<T>): TemplateFunction {
  const numberIn = (text: string): T => {
    const value = read(text.trim());
    if (value === undefined) throw new RangeError(`${words.name} adds numbers, found "${text}"`);
    return value;
  };
  return {
    ...words,
    minArguments: 2,
    maxArguments: Infinity,
    usage: '(number, number, …, [variable])',
    setsVariable: -1,
    check(text, index, count) {
      if (index < count - 1) numberIn(text);
    },
    make(args) {
      const [numbers, last] = [args.slice(0, -1), argument(args.slice(-1), 0)];
      return (scope) => {
        let total = zero;
        for (const number of numbers) {
          total = add(total, numberIn(number(scope)));
        }
        const final = last(scope).trim();
        const value = read(final);
        const text = write(value === undefined ? total : add(total, value));
        if (value === undefined && final) scope.set(final, text);
        return text;
      };
    },
  };
}
