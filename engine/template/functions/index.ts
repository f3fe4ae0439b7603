import { counter } from './counter.ts';
import type { TemplateFunction } from './function.ts';
import { p } from './p.ts';
import { property } from './property.ts';
import { random } from './random.ts';
import { randomString } from './random-string.ts';
import { threadNum } from './thread-num.ts';
import { time } from './time.ts';
import { uuid } from './uuid.ts';

/** Every function of the template language, by name. */
export const templateFunctions: ReadonlyMap<string, TemplateFunction> = new Map(
  [counter, p, property, random, randomString, threadNum, time, uuid].map((one) => [one.name, one]),
);
