import { describe, expect, it } from 'vitest';
import { problemsOf } from './test-support/load-files.ts';

const repeat = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

const bomb = `a: &a0 [x, x]\n${repeat(20, (i) => `b${i}: &a${i + 1} [*a${i}, *a${i}]`)}`;

const nest = (count: number) =>
  repeat(count, (i) => `b${i}: &a${i + 1} ${'['.repeat(20)}*a${i}${']'.repeat(20)}`);

const files: [name: string, content: string | Uint8Array, message: RegExp][] = [
  ['is empty', '', /plan\.yaml:1:1: the file is empty/],
  ['holds only comments', '# nothing\n', /plan\.yaml:1:1: the file holds no keys\. A plan needs/],
  ['is a list', '- a\n- b\n', /plan\.yaml:1:1: expected a mapping .*, found a list/],
  ['is a text', 'hello', /expected a mapping .*, found "hello"/],
  ['is larger than 1 MiB', `name: ${'x'.repeat(1024 * 1024)}`, /larger than 1 MiB/],
  ['holds a NUL', 'name: a\0b', /is not text\. A plan/],
  ['is an image', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe), /is not UTF-8 text/],
  ['is UTF-16', Buffer.from('\ufeffname: x', 'utf16le'), /is text in UTF-16\. A plan/],
  ['is an alias bomb', bomb, /plan\.yaml:\d+:\d+: aliases multiply this to more than 20000 values/],
  ['nests by aliases', `a: &a0 x\n${nest(10)}`, /aliases nest too deeply/],
  ['contains itself', 'name: a\nb: &x { c: [*x] }', /plan\.yaml:2:13: the alias \*x contains itself/],
  ['has an alias without anchor', 'name: *nobody', /plan\.yaml:1:7: no anchor &nobody/],
  ['nests 5000 lists', '['.repeat(5000), /plan\.yaml:1:\d+: nested too deeply/],
  ['nests 500,000 lists', '['.repeat(500_000), /nested too deeply/],
  ['nests 5000 block lists', '- '.repeat(5000), /nested too deeply/],
  ['nests 5000 mappings', '{a: '.repeat(5000), /nested too deeply/],
  [
    'nests 700 block mappings',
    repeat(700, (i) => `${' '.repeat(i)}a:`),
    /plan\.yaml:\d+:\d+: nested too deeply/,
  ],
  ['has 100,000 keys', repeat(100_000, (i) => `k${i}: 1`), /plan\.yaml:\d+:\d+: the file holds too much/],
  ['has 15,000 keys', repeat(15_000, (i) => `k${i}: 1`), /unknown key "k0"[^]* and \d+ more problems/],
  ['has 1,000,000 signs', `a: [${','.repeat(1_000_000)}`, /the file holds too much/],
  ['has 400,000 comments', '#\n'.repeat(400_000), /the file holds too much/],
  ['has a tag', 'name: !!js/function "x"', /plan\.yaml:1:7: .*tag/],
  ['has a tag of its own', 'name: x\nfoo: !bar {}', /plan\.yaml:2:6: .*tag/],
  [
    'has two documents',
    'name: a\n---\nname: b',
    /plan\.yaml:2:1: a file holds one plan, found a second document/,
  ],
  ['is YAML 1.1', '%YAML 1.1\n---\nname: yes', /plans are YAML 1\.2/],
  [
    'has the key __proto__',
    'name: a\n__proto__: { x: 1 }',
    /plan\.yaml:2:1: the key "__proto__" is not allowed/,
  ],
  [
    'has the key constructor',
    'flows: { constructor: [] }',
    /plan\.yaml:1:10: the key "constructor" is not allowed/,
  ],
  ['has the key prototype', 'flows: [{ a: { prototype: [] } }]', /the key "prototype" is not allowed/],
  [
    'has a key twice',
    'name: a\nflows: {}\nname: b',
    /plan\.yaml:3:1: "name" is written twice, first in line 1/,
  ],
  ['has a merge key', 'a: &a {}\nflows: { <<: *a }', /plan\.yaml:2:10: YAML 1\.2 has no merge key/],
  ['has a list as key', '? [a]\n: b', /a key must be a plain text/],
  [
    'has a number too long',
    'variables: { id: 12345678901234567890 }',
    /plan\.yaml:1:18: the number "12345678901234567890"/,
  ],
  ['has an infinite number', 'variables: { id: .inf }', /the number "\.inf" cannot be kept exactly/],
  ['has a tab as indent', 'name: a\nflows:\n\ta: []', /plan\.yaml:3:1: found a tab as indent/],
  ['has a colon too many', 'name: a: b', /plan\.yaml:1:7: a second ": "/],
  [
    'has a template cut by a brace',
    'name: a\nflows: {a: [{get: /x/${id}}]}',
    /plan\.yaml:2:\d+: a template inside .* needs quotes/,
  ],
  [
    'has a path with brackets in braces',
    'name: a\nvariables: { id: $.items[0].id }',
    /plan\.yaml:2:\d+: a text that holds \[ or \{ needs quotes/,
  ],
  ['has an open quote', 'name: "a', /1:9: a text has no closing quote/],
];

describe('a file that', () => {
  it.each(files)('%s is told clearly and does not run away', async (_, content, message) => {
    const before = process.cpuUsage();
    const problems = await problemsOf({ 'plan.yaml': content });
    const tookMs = process.cpuUsage(before).user / 1000;
    expect(problems).toMatch(message);
    expect(problems.length).toBeLessThan(30_000);
    // Far more than it takes: a second is the promise, and machines are noisy.
    expect(tookMs).toBeLessThan(5000);
  });
});

describe('a file name', () => {
  it('that is nearly that of a plan brings the suggestion', async () => {
    const problems = await problemsOf({ 'healing.yaml': '' }, { file: 'heeling.yaml' });
    expect(problems).toBe('there is no file "heeling.yaml". Did you mean "healing.yaml"?');
  });

  it('of a folder brings a plan in it', async () => {
    expect(await problemsOf({ 'plans/a.yaml': '' }, { file: 'plans' })).toBe(
      '"plans" is a folder. Name a plan in it, such as "plans/a.yaml".',
    );
  });

  it('with a NUL, or of a device, is refused', async () => {
    expect(await problemsOf({}, { file: 'a\0b' })).toContain('is no file name');
    expect(await problemsOf({}, { file: `${'../'.repeat(30)}dev/null` })).toContain('is not a regular file');
  });
});

describe('after hostile keys', () => {
  it('no object has new properties', async () => {
    await problemsOf('name: a\nvariables: { __proto__: { polluted: 1 } }');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
