import { messageOf } from '../model/errors.ts';
import { parsePattern } from './pattern.ts';

/** A pattern of a plan's that finds all matches. Throws a `RangeError` that says what is wrong with it. */
export function globalPattern(text: string): RegExp {
  try {
    return parsePattern(text, { global: true });
  } catch (error) {
    throw new RangeError(`"${text}" is not a regular expression: ${messageOf(error)}`);
  }
}
