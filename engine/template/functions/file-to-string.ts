import { argument, failure, storing, type TemplateFunction } from './function.ts';

/**
 * `${__FileToString(path,encoding,variable)}`: a whole file, read again each time. One that cannot be read gives
 * `**ERR**` and is logged (`FileToString.java`).
 */
export const fileToString: TemplateFunction = {
  name: '__FileToString',
  description: 'A whole file, read again with each call; `**ERR**` when it cannot be read.',
  example: { template: '${__strLen(${__FileToString(users.csv)})}', gives: '49' },
  minArguments: 1,
  maxArguments: 3,
  usage: '(path, [encoding = UTF-8], [variable])',
  setsVariable: 2,
  check(text, index) {
    if (index === 1) checkCharset(text);
  },
  readsFile: ([path]) => (typeof path === 'string' && path !== '' ? path : null),
  make(args) {
    const [path, encoding] = [argument(args, 0), argument(args, 1, 'utf-8')];
    return storing(args, 2, (scope) => {
      const name = path(scope);
      try {
        return scope.host.readFile(name, encoding(scope).trim());
      } catch (error) {
        scope.host.log('WARN', `__FileToString: ${name}: ${failure(error)}`);
        return '**ERR**';
      }
    });
  },
};

function checkCharset(text: string): void {
  try {
    new TextDecoder(text.trim() || 'utf-8');
  } catch {
    throw new RangeError(`__FileToString does not know the encoding "${text.trim()}"`);
  }
}
