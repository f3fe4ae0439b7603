import { argument, storing, wholeNumber, type TemplateFunction } from './function.ts';

const lettersAndDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * `${__RandomString(length,characters,variable)}`: so many of these characters.
 *
 * Without characters: letters and digits. (JMeter then takes any of Unicode, surrogates included.)
 */
export const randomString: TemplateFunction = {
  name: '__RandomString',
  description: 'A text of so many characters, by chance.',
  example: { template: '${__RandomString(8,abcdef)}', gives: 'dbfcaebf', varies: true },
  minArguments: 1,
  maxArguments: 3,
  usage: '(length, [characters = letters and digits], [variable])',
  setsVariable: 2,
  check(text, index) {
    if (index === 0) lengthIn(text);
  },
  make(args) {
    const [length, characters] = [argument(args, 0), argument(args, 1, lettersAndDigits)];
    return storing(args, 2, (scope) => {
      const count = lengthIn(length(scope));
      const choice = Array.from(characters(scope));
      let text = '';
      for (let n = 0; n < count; n++) text += choice[Math.floor(scope.random() * choice.length)] ?? '';
      return text;
    });
  },
};

function lengthIn(text: string): number {
  const count = wholeNumber(text, 'the length of __RandomString');
  if (count >= 0 && count <= 1_000_000) return count;
  throw new RangeError(`the length of __RandomString must be 0 to 1,000,000, found ${count}`);
}
