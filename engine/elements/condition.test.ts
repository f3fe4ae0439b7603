import { describe, expect, it } from 'vitest';
import { conditionRenderer } from '../template/condition.ts';
import { renderer } from '../template/render.ts';
import { testScope } from '../template/test-support/scope.ts';
import { ConditionError, parseCondition } from './parse-condition.ts';

const holds = (text: string, variables: Record<string, string> = {}) =>
  conditionRenderer(
    parseCondition(text, () => 0),
    renderer,
  )(testScope({ variables }));

describe('conditions', () => {
  it.each<[string, Record<string, string>, boolean]>([
    ["${id} != ''", { id: '7' }, true],
    ["${id} != ''", { id: '' }, false],
    ["${id} != ''", {}, false],
    ['${n} < 10', { n: '9' }, true],
    ['${n} < 10', { n: '10' }, false],
    ['${n} == 1', { n: '1.0' }, true],
    ["${n} == '01'", { n: '1' }, true],
    ['${a} < ${b}', { a: '9', b: '10' }, true],
    ['${a} < ${b}', { a: 'b', b: 'a' }, false],
    ["'${status}' == 'open'", { status: 'open' }, true],
    ["'x-${status}' === 'x-open'", { status: 'open' }, true],
    ['${status} == "open" && ${count} > 3', { status: 'open', count: '4' }, true],
    ['${status} == "open" || ${count} > 3', { status: 'shut', count: '4' }, true],
    ['!(${ok} == "true")', { ok: 'true' }, false],
    ['${ok}', { ok: 'true' }, true],
    ['${ok}', { ok: 'false' }, false],
    ['${ok}', {}, false],
    ['${n} % 10 == 0', { n: '20' }, true],
    ['${n} + 1 == 21', { n: '20' }, true],
    ["${a} + 'b' == 'ab'", { a: 'a' }, true],
    ['-${n} < 0', { n: '3' }, true],
    ['${id} == 9007199254740993', { id: '9007199254740993' }, true],
    ['${id} == 9007199254740993', { id: '9007199254740992' }, false],
    ['${id} != 9007199254740993', { id: '9007199254740992' }, true],
    ['${id} > 9007199254740992', { id: '9007199254740993' }, true],
    ['${id} <= 9007199254740992', { id: '9007199254740993' }, false],
    ['-${id} < -9007199254740992', { id: '9007199254740993' }, true],
    ['${a} < ${b}', { a: '0.123456789012345678901234567890', b: '0.123456789012345678901234567891' }, true],
    ['${a} == ${b}', { a: '1e21', b: '1000000000000000000000' }, true],
    ['${a} == ${b}', { a: '1E400', b: '1e401' }, false],
    ['${id} + 1 == 9007199254740994', { id: '9007199254740993' }, true],
    ['${id} * 10 + 1 == 90071992547409931', { id: '9007199254740993' }, true],
    ['${id} % 2 == 1', { id: '9007199254740993' }, true],
    ['${id} - 9007199254740992 == 1', { id: '9007199254740993' }, true],
    ['${x} * 1 == ${x} * 1', { x: 'a' }, false],
    ['true', {}, true],
    ['1 == 2', {}, false],
    ['${__Random(3,3)} == 3', {}, true],
  ])('%s with %o is %s', (text, variables, expected) => {
    expect(holds(text, variables)).toBe(expected);
  });

  it.each(['"; process.exit(1); "', "' || true || '", '${y}', "') || ('1' == '1"])(
    'the value %s never becomes code',
    (x) => {
      expect(holds("${x} == 'safe'", { x, y: 'safe' })).toBe(false);
    },
  );

  it.each([
    ['id == 7', 'bare word id. Write ${id}'],
    ['process.exit()', 'more than a comparison'],
    ['a = 1', 'is not a comparison'],
    ['[1]', 'more than a comparison'],
    ['${a} ? 1 : 2', 'more than a comparison'],
    ['${a} ==', 'is not a comparison'],
    ['${a} & 1', 'the operator &'],
    ['~${a}', 'the operator ~'],
    ['', 'more than a comparison'],
  ])('refuses "%s": %s', (text, message) => {
    expect(() => parseCondition(text, () => 0)).toThrow(ConditionError);
    expect(() => parseCondition(text, () => 0)).toThrow(message);
  });
});
