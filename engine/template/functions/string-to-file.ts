import { argument, checkWord, failure, type TemplateFunction } from './function.ts';

/**
 * `${__StringToFile(path,content,append,encoding)}`: writes a file and gives `true`, or `false` and a line in the log
 * (`StringToFile.java`). `\n` in the content is a new line; it is appended unless the third argument is `false`.
 * Files are written in UTF-8: another encoding is an error.
 */
export const stringToFile: TemplateFunction = {
  name: '__StringToFile',
  description: 'Writes a file and gives `true`, or `false` when that failed.',
  example: { template: '${__StringToFile(seen.txt,one\\ntwo\\n)}', gives: 'true' },
  minArguments: 2,
  maxArguments: 4,
  usage: '(path, content, [append = true], [encoding = UTF-8])',
  writesFile: 0,
  check(text, index) {
    if (index === 2) checkWord(text, '__StringToFile', ['TRUE', 'FALSE']);
    if (index === 3 && text.trim() !== '') checkUtf8(text.trim());
  },
  make(args) {
    const [path, content] = [argument(args, 0), argument(args, 1)];
    const [append, encoding] = [argument(args, 2, 'true'), argument(args, 3, 'UTF-8')];
    return (scope) => {
      const name = path(scope).trim();
      const charset = encoding(scope).trim();
      checkUtf8(charset);
      const mode = append(scope).trim().toLowerCase() === 'true' ? 'append' : 'overwrite';
      try {
        scope.host.writeFile(name, content(scope).replaceAll('\\n', '\n'), mode);
        return 'true';
      } catch (error) {
        scope.host.log('ERROR', `__StringToFile: ${name}: ${failure(error)}`);
        return 'false';
      }
    };
  },
};

function checkUtf8(charset: string): void {
  if (!/^utf-?8$/i.test(charset)) throw new RangeError(`__StringToFile writes UTF-8, found "${charset}"`);
}
