import fc from 'fast-check';
import { stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { problemsOf } from './test-support/load-files.ts';

const words = [
  'name',
  'threadGroups',
  'flows',
  'steps',
  'get',
  'http',
  'choose',
  'loop',
  'extract',
  'jsonPath',
];
const more = [
  'properties',
  'type',
  'default',
  'environments',
  'sandbox',
  'defaults',
  'expect',
  'assert',
  'listeners',
];

const signs = [
  'a',
  'b',
  '1',
  ' ',
  '  ',
  '\n',
  ':',
  ': ',
  '-',
  '- ',
  '?',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '&',
  '*',
  '!',
].concat(['|', '>', '#', '%', '@', ',', '$', '${', '---', '...', '<<', '\t']);

/** Values of any shape whose keys are mostly words of the language. */
const { plan } = fc.letrec((tie) => ({
  key: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...words, ...more) }, fc.string({ maxLength: 8 })),
  leaf: fc.oneof(
    fc.constantFrom('${x}', '1s', 'f', null, true),
    fc.integer(),
    fc.double(),
    fc.string({ maxLength: 8 }),
  ),
  list: fc.array(tie('node'), { maxLength: 3 }),
  plan: fc.array(fc.tuple(tie('key'), tie('node')), { maxLength: 6 }).map((entries) => {
    const strings = entries as [string, unknown][];
    return Object.fromEntries(strings);
  }),
  node: fc.oneof({ maxDepth: 5, depthSize: 'medium' }, tie('leaf'), tie('list'), tie('plan')),
}));

describe('any file', () => {
  it('is loaded, or refused with messages that say where', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (value) => {
        const problems = await problemsOf(stringify(value));
        for (const line of problems.split('\n'))
          expect(line).toMatch(/^$|^plan\.yaml:\d+:\d+: .{10,}|^… and/);
      }),
      { numRuns: 200 },
    );
  });

  it('of any text is loaded or refused too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom(...signs) }), async (text) => {
        expect(await problemsOf(text)).toMatch(/^plan\.yaml:\d+:\d+: .{10,}/);
      }),
      { numRuns: 300 },
    );
  });
});
