import { describe, expect, it } from 'vitest';
import type { Sample } from '../../engine/model/sample.ts';
import { answerBody, bodyLines } from './body-lines.ts';
import { indentedJson } from './indented-json.ts';

const plain = (text: string) => text;
const linesOf = (text: string, isCut = false) => bodyLines(text, { mask: plain, isCut, bytes: text.length });

describe('indentedJson', () => {
  it.each([
    ['{"a":9007199254740993,"b":[1,{"c":"x, {y}: \\"z\\""}],"d":[],"e":{}}'],
    ['[ ]'],
    [' { "a" : [ 1 , 2 ] } '],
    ['[[],{},"",null,true,-1.50e10]'],
  ])('%s is the same, with all its digits', (text) => {
    const shown = indentedJson(text) ?? '';
    expect(JSON.parse(shown)).toEqual(JSON.parse(text));
    expect(shown.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
  });

  it('has a line for each value', () => {
    expect(indentedJson('{"a":[1,2],"b":{}}')).toBe('{\n  "a": [\n    1,\n    2\n  ],\n  "b": {}\n}');
  });

  it.each(['', 'x', '5', '"text"', '{"a":', 'null'])('%j is none', (text) => {
    expect(indentedJson(text)).toBeNull();
  });
});

describe('the beginning of a body', () => {
  it.each([
    ['a short one is whole', 'one\r\ntwo\nthree', ['one', 'two', 'three']],
    ['many lines', 'x\n'.repeat(30), [...Array<string>(20).fill('x'), '… (60 bytes in all)']],
  ])('%s', (_, text, lines) => {
    expect(linesOf(text)).toEqual(lines);
  });

  it('of one long line is cut after twenty rows, and says so of what was cut before', () => {
    const [first = '', last, ...more] = linesOf('x'.repeat(5000));
    expect([first.length, last, more]).toEqual([20 * 64, '… (5000 bytes in all)', []]);
    expect(linesOf('日'.repeat(5000))[0]).toHaveLength(20 * 32);
    expect(linesOf('x', true)).toEqual(['x', '… (1 bytes in all)']);
  });

  it('of bytes is a number, and the first of them', () => {
    const sample = { dataType: 'bin' } as Sample;
    const body = Uint8Array.of(0, 255, 16);
    const detail = { request: null, requestIsCut: false, headers: [], body, bodyBytes: 3 };
    expect(answerBody(sample, detail, plain)).toEqual(['(binary, 3 bytes: 00 ff 10 …)']);
    const hidden = () => '***';
    expect(answerBody(sample, detail, hidden)).toEqual(['(binary, 3 bytes)']);
  });
});
