import { argument, checkWord, failure, storing, type TemplateFunction } from './function.ts';

/** What OpenSSL has, in the names of Java and its own. */
const known =
  /^(?:md-?5|sha-?(?:1|224|256|384|512(?:[-/](?:224|256))?)|sha3-(?:224|256|384|512)|ripemd-?160|blake2b-?512|blake2s-?256|shake-?(?:128|256)|sm-?3)$/i;

/**
 * `${__digest(SHA-256,text,salt,upper,variable)}`: the digest of text and salt, in hexadecimal; in capitals when the
 * fourth argument is `true` (`DigestEncodeFunction.java`). An unknown algorithm is an error.
 */
export const digest: TemplateFunction = {
  name: '__digest',
  description: 'The digest of a text, and of a salt behind it, in hexadecimal.',
  example: { template: '${__digest(SHA-1,abc)}', gives: 'a9993e364706816aba3e25717850c26c9cd0d89d' },
  minArguments: 2,
  maxArguments: 5,
  usage: '(algorithm, text, [salt], [true = upper case], [variable])',
  setsVariable: 4,
  mistake: ([algorithm]) =>
    typeof algorithm === 'string' && !known.test(algorithm.trim())
      ? `knows MD5, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512 …, found "${algorithm.trim()}"`
      : null,
  check(text, index) {
    if (index === 3) checkWord(text, '__digest', ['TRUE', 'FALSE']);
  },
  make(args) {
    const [algorithm, text, salt, upper] = [0, 1, 2, 3].map((index) => argument(args, index));
    if (!algorithm || !text || !salt || !upper) return () => '';
    return storing(args, 4, (scope) => {
      const name = algorithm(scope).trim();
      try {
        const hexadecimal = scope.host.digest(name, text(scope) + salt(scope));
        return upper(scope).trim().toLowerCase() === 'true' ? hexadecimal.toUpperCase() : hexadecimal;
      } catch (error) {
        throw new RangeError(
          `__digest with "${name}": ${failure(error)}. Known are MD5, SHA-1, SHA-256, SHA-512 …`,
        );
      }
    });
  },
};
