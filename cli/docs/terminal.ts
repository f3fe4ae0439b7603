import type { Chapter, Example, Key, Page, Table } from './page.ts';
import { cut, wrap } from './wrap.ts';

export interface Look {
  readonly columns: number;
  readonly colours: boolean;
}

/** One page, for people at a terminal. */
export function pageLines(page: Page, one: string, look: Look): string[] {
  const { columns } = look;
  const { name, description, jmeter, written, example, tables } = page;
  const also = jmeter ? `; in JMeter: ${jmeter}` : '';
  return [
    `${bold(name, look)}  (${one}${also})`,
    ...shown(wrap(description, columns), look),
    '',
    ...written.flatMap((line) => shown(wrap(line, columns), look)),
    '',
    bold('Example', look),
    ...exampleLines(example, columns).map((line) => `  ${line}`),
    ...tables.flatMap((table) => tableLines(table, look)),
  ];
}

/** A line for every page, by chapter. */
export function listLines(all: readonly Chapter[], look: Look): string[] {
  const names = all.flatMap(({ pages }) => pages.map(({ name }) => name.length));
  const width = Math.max(...names) + 2;
  return all.flatMap(({ title, pages }, index) => [
    ...(index === 0 ? [] : ['']),
    bold(title, look),
    ...pages.map(({ name, description }) =>
      cut(`  ${name.padEnd(width)}${firstSentence(description)}`, look.columns),
    ),
  ]);
}

function exampleLines(example: Example, columns: number): string[] {
  if ('yaml' in example) return example.yaml.split('\n');
  const { template, given, gives, varies } = example;
  const where = given.length > 0 ? `where ${given.join(', ')}` : '';
  return [template, ...wrap(`gives ${varies ? 'perhaps ' : ''}${gives} ${where}`, columns - 4, '  ')];
}

function tableLines({ title, keys }: Table, look: Look): string[] {
  return ['', bold(title, look), ...keys.flatMap((key) => keyLines(key, look))];
}

function keyLines(key: Key, look: Look): readonly string[] {
  const { name, description, examples } = key;
  const { columns } = look;
  const value = wrap(valueOf(key), columns - inner.length);
  const fits = name.length + 4 + (value[0] ?? '').length <= columns;
  const lines = [
    fits ? `  ${bold(name, look)}  ${value[0] ?? ''}` : `  ${bold(name, look)}`,
    ...value.slice(fits ? 1 : 0).map((line) => inner + line),
    ...wrap(description, columns, inner),
    ...(examples.length > 0 ? wrap(`For example ${examples.join(' or ')}`, columns, inner) : []),
  ];
  return shown(lines, look);
}

const inner = '      ';

function valueOf({ value, default: usual, required }: Key): string {
  return `${value}${usual ? `; default ${usual}` : ''}${required ? '; required' : ''}`;
}

function firstSentence(text: string): string {
  const plain = text.replaceAll('`', '');
  return /^.*?\.(?= |$)/.exec(plain)?.[0] ?? plain;
}

/** Code in colour, also where it goes over the end of a line; else in its backticks. */
function shown(lines: readonly string[], { colours }: Look): readonly string[] {
  if (!colours) return lines;
  return lines
    .join('\n')
    .replaceAll(/`([^`]+)`/g, '\u001b[36m$1\u001b[39m')
    .split('\n');
}

function bold(text: string, { colours }: Look): string {
  return colours ? `\u001b[1m${text}\u001b[22m` : text;
}
