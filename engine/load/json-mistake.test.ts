import { describe, expect, it } from 'vitest';
import { problemsOf } from './test-support/load-files.ts';

const steps = '"threadGroups":[{"name":"G","steps":[{"pause":"1s"}]}]';

describe('what is wrong with JSON is said in JSON’s words', () => {
  it.each([
    [`{"name":"T",// a\n${steps}}`, '1:13: JSON has no comments. Take it out, or write the plan as YAML'],
    [`{"name":"T",/* a */${steps}}`, '1:13: JSON has no comments'],
    [`// a\n{"name":"T",${steps}}`, '1:1: JSON has no comments'],
    [
      `{"name":"T",${steps}`,
      '1:67: the JSON ends here, and 1 bracket is still open. Expected "}". Was the file cut off?',
    ],
    [
      '{"name":"T",\n"threadGroups":[{"name":"G","steps":[\n',
      '2:38: the JSON ends here, and 4 brackets are still open. Expected "]".',
    ],
    [`{"name":"T,\n${steps}}`, '1:9: the text that begins here has no closing quote.'],
    [`{"name":"T",${steps}}}`, '1:68: unexpected "}". Nothing is open here: take it out.'],
    ['{"name":"T","threadGroups":[{"name":"G"]}', '1:40: unexpected "]". Expected "}" first.'],
    [`{"name":"T"\n${steps}}`, '2:1: a comma is missing before this.'],
    [`{"name":"T" ${steps}}`, '1:13: a comma is missing before this.'],
    ['{"name":"T","threadGroups":[{"name":"G"}{"name":"H"}]}', '1:41: a comma is missing before this.'],
    [`{"name" "T",${steps}}`, '1:9: a colon is missing before this: "name": value.'],
    [`{"name":"T",,${steps}}`, '1:13: a comma too much. Take it out.'],
    [`{"name":"a\\q",${steps}}`, '1:12: a backslash escapes one of'],
  ])('%j', async (text, message) => {
    expect(await problemsOf({ 'a.json': text }, { file: 'a.json' })).toContain(`a.json:${message}`);
  });

  it.each([
    `{"name":"http://a // b",${steps}}`,
    `{'name':'http://a',"threadGroups":[{'name':'G','steps':[{"pause":"1s"}]}]}`,
    `{"name":"T",${steps},}`,
    `{"name":"T", # as YAML has them\n${steps}}`,
    `{"name":"a \\" // b",${steps}}`,
  ])('and %j is right', async (text) => {
    expect(await problemsOf({ 'a.json': text }, { file: 'a.json' })).toBe('');
  });

  it('in YAML, too, a text without its quote is said to be one', async () => {
    expect(await problemsOf('name: "T\nthreadGroups: []\n')).toContain('a text has no closing quote.');
  });
});
