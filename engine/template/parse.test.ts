import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Template } from '../model/template.ts';
import { parseTemplate, TemplateError } from './parse.ts';

const parse = (text: string): Template => {
  let slot = 0;
  return parseTemplate(text, () => slot++);
};

describe('parseTemplate', () => {
  it.each<[string, string, Template]>([
    ['text without holes stays as it is, backslashes too', 'a\\,b\\$', 'a\\,b\\$'],
    ['a variable', '${x}', [{ variable: 'x' }]],
    ['text around a variable', 'a${x}b', ['a', { variable: 'x' }, 'b']],
    ['a variable’s name is not trimmed', '${ x }', [{ variable: ' x ' }]],
    ['a variable’s name runs to the first brace', '${a${b}}', [{ variable: 'a${b' }, '}']],
    ['a function without parentheses', '${__UUID}', [{ function: '__UUID', args: [], slot: 0 }]],
    ['a function with none', '${__UUID()}', [{ function: '__UUID', args: [], slot: 0 }]],
    ['a function’s name is trimmed', '${ __UUID ()}', [{ function: '__UUID', args: [], slot: 0 }]],
    ['arguments are not trimmed', '${__f(a, b)}', [{ function: '__f', args: ['a', ' b'], slot: 0 }]],
    ['empty arguments keep their place', '${__f(,,c)}', [{ function: '__f', args: ['', '', 'c'], slot: 0 }]],
    ['an escaped comma does not separate', '${__f(a\\,b)}', [{ function: '__f', args: ['a,b'], slot: 0 }]],
    [
      'parentheses in arguments balance',
      '${__f((a,b),c)}',
      [{ function: '__f', args: ['(a,b)', 'c'], slot: 0 }],
    ],
    [
      'a variable in an argument',
      '${__f(${x}y)}',
      [{ function: '__f', args: [[{ variable: 'x' }, 'y']], slot: 0 }],
    ],
    ['backslashes go where there is a hole', '\\$a\\,\\\\${x}', ['$a,\\', { variable: 'x' }]],
    ['other backslashes stay', '\\d${x}', ['\\d', { variable: 'x' }]],
    ['an escaped hole is text', '\\${x}${y}', ['${x}', { variable: 'y' }]],
    ['a loop’s index is a variable', '${__jm__Loop__idx}', [{ variable: '__jm__Loop__idx' }]],
    ['a dollar alone is text', 'cost: $5 ${x}', ['cost: $5 ', { variable: 'x' }]],
  ])('%s: %s', (_, text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  it('numbers occurrences, inner ones first', () => {
    expect(parse('${__a(${__b()})}${__c()}')).toEqual([
      { function: '__a', args: [[{ function: '__b', args: [], slot: 0 }]], slot: 1 },
      { function: '__c', args: [], slot: 2 },
    ]);
  });

  it.each([
    ['${x', 0, 'no closing "}"'],
    ['ab${}', 2, 'names no variable'],
    ['${__f(a}', 0, 'no closing ")"'],
    ['${__f(a)b}', 8, 'expected "}"'],
  ])('refuses %s at %i', (text, offset, message) => {
    const failure = (() => {
      try {
        return parse(text);
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(TemplateError);
    expect(failure).toMatchObject({ offset });
    expect(String(failure)).toContain(message);
  });

  it('never fails otherwise than by a TemplateError', () => {
    const pieces = fc.constantFrom('${', '}', '__f', '(', ')', ',', '\\', '$', 'a', ' ');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        try {
          parse(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError);
        }
      }),
    );
  });
});
