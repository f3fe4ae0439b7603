import { chapters } from './chapters.ts';
import type { Chapter, Example, Key, Page } from './page.ts';
import { sampleFiles } from './sample-files.ts';

/** The text of `docs/plan-language.md`: every word of the plan language. */
export function planLanguage(): string {
  const all = chapters();
  const anchor = anchors();
  const titled = all.map((chapter) => ({
    chapter,
    anchor: anchor(chapter.title),
    // Of a chapter in one piece, no page has a heading of its own.
    pages: hasHeadings(chapter) ? chapter.pages.map((page) => ({ page, anchor: anchor(page.name) })) : [],
  }));
  return [
    '# The plan language',
    'Generated from the schemas by `npm run schemas`: every key, and an example of every element that a test runs. [The guide](guide.md) explains by example; `plan docs while` prints one of these pages.',
    'Any number, text or duration may be a template such as `${users}`, unless it says *no template*. Durations have units: `500ms`, `30s`, `5m`, `1h30m`.',
    `Examples of elements run with the base address and a token set, and with these files beside the plan:`,
    ...Object.entries(sampleFiles).map(([name, text]) => fenced('text', `# ${name}\n${text.trimEnd()}`)),
    '## Contents',
    titled.map(contentsLine).join('\n'),
    ...all.flatMap(chapterText),
  ]
    .join('\n\n')
    .concat('\n');
}

interface Titled {
  readonly chapter: Chapter;
  readonly anchor: string;
  readonly pages: readonly { readonly page: Page; readonly anchor: string }[];
}

function contentsLine({ chapter, anchor, pages }: Titled): string {
  const links = pages.map((each) => `[${each.page.name}](#${each.anchor})`);
  return `- [${chapter.title}](#${anchor})${links.length > 0 ? `: ${links.join(' · ')}` : ''}`;
}

/** Anchors of headings as GitHub makes them; the second of a name ends in `-1`. */
function anchors(): (heading: string) => string {
  const seen = new Map<string, number>();
  return (heading) => {
    const name = heading
      .toLowerCase()
      .replaceAll(' ', '-')
      .replaceAll(/[^\w-]/g, '');
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before === 0 ? name : `${name}-${before}`;
  };
}

/** Functions are a table, and a chapter of one page with its own name is that page. */
function hasHeadings({ title, pages }: Chapter): boolean {
  return pages.every(({ name, example }) => 'yaml' in example && name !== title.toLowerCase());
}

function chapterText(chapter: Chapter): string[] {
  const heading = `## ${chapter.title}`;
  if (hasHeadings(chapter))
    return [heading, ...chapter.pages.flatMap((page) => [`### ${page.name}`, ...pageText(page)])];
  const [only, second] = chapter.pages;
  if (only && !second) return [heading, ...pageText(only)];
  return [heading, 'What is in brackets may be left out.', functionTable(chapter.pages)];
}

function pageText({ description, jmeter, written, example, tables }: Page): string[] {
  return [
    [description, jmeter ? `In JMeter: ${jmeter}.` : ''].filter(Boolean).join(' '),
    written.join(' '),
    exampleText(example),
    ...tables.flatMap((table) => [
      ...(tables.length > 1 ? [`**${table.title}**`] : []),
      tableText(tableHead, table.keys.map(keyRow)),
    ]),
  ];
}

function exampleText(example: Example): string {
  return 'yaml' in example ? fenced('yaml', example.yaml) : functionExample(example);
}

const tableHead = ['key', 'value', 'default', 'what', 'examples'];

function keyRow({ name, required, value, default: usual, description, examples }: Key): Row {
  return [`\`${name}\`${required ? ' (required)' : ''}`, value, usual, description, examples.join(' · ')];
}

function functionTable(pages: readonly Page[]): string {
  const rows = pages.map(({ written: [call = ''], description, example }) => [
    call.slice(0, call.indexOf('`', 1) + 1),
    description,
    exampleText(example),
  ]);
  return tableText(['function', 'what it gives', 'example'], rows);
}

function functionExample({ template, given, gives, varies }: Exclude<Example, { yaml: string }>): string {
  const where = given.length > 0 ? ` where ${given.map((one) => `\`${one}\``).join(', ')}` : '';
  return `\`${template}\` gives ${varies ? 'perhaps ' : ''}\`${gives.replaceAll('\t', '⇥')}\`${where}`;
}

type Row = readonly string[];

function tableText(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
