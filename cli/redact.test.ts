import { describe, expect, it } from 'vitest';
import { redactor } from './redact.ts';

describe('redactor', () => {
  it.each([
    [[], 'a secret', 'a secret'],
    [['s3cret'], 'key=s3cret, again s3cret', 'key=***, again ***'],
    [['a b'], 'q=a%20b or a+b or a b', 'q=*** or *** or ***'],
    [['a"b\n'], '{"key":"a\\"b\\n"}', '{"key":"***"}'],
    [['pass', 'password'], 'password pass', '*** ***'],
    [[''], 'text', 'text'],
  ])('with %j: %s', (secrets, text, expected) => {
    expect(redactor(secrets)(text)).toBe(expected);
  });
});
