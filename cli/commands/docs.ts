import { Command } from 'commander';
import { exitCodes, type ExitCode } from '../../engine/model/errors.ts';
import { chapters } from '../docs/chapters.ts';
import { findPages } from '../docs/find-pages.ts';
import type { Chapter } from '../docs/page.ts';
import { listLines, pageLines } from '../docs/terminal.ts';
import { wrap } from '../docs/wrap.ts';
import { giveJson } from '../json-result.ts';
import type { Output } from '../output.ts';

const widest = 100;

export function docsCommand(output: Output, done: (code: ExitCode) => void): Command {
  return new Command('docs')
    .summary('explain an element of the plan language')
    .description(
      'Explains an element of the plan language by an example and its keys: a kind of step, timer, extractor and so on, a function, a key of the plan, thresholds. Without a name, lists them all.',
    )
    .argument('[element...]', "its name, or JMeter's name for it")
    .addHelpText(
      'after',
      '\nExamples:\n  plan docs while\n  plan docs __Random\n  plan docs "If Controller"\n  plan docs HTTPSamplerProxy',
    )
    .action((words: readonly string[]) => {
      for (const line of docsLines(words.join(' '), output)) output.show(line);
      giveJson(output, docsJson(words.join(' ')), 'docs.json');
      done(exitCodes.passed);
    });
}

/** Pages in full; the whole list by chapter. */
function docsJson(word: string): object {
  const all = chapters();
  if (word === '') return { format: 1, chapters: all };
  const pages = chapterOf(all, word)?.pages.map((page) => ({ page })) ?? findPages(all, word);
  return { format: 1, pages: pages.map(({ page, ...found }) => ({ ...page, ...found })) };
}

function chapterOf(all: readonly Chapter[], word: string): Chapter | undefined {
  return all.find(({ title, pages }) => pages.length > 1 && title.toLowerCase() === word.toLowerCase());
}

function docsLines(word: string, { columns, colours }: Output): string[] {
  const look = { columns: Math.min(columns, widest), colours };
  const all = chapters();
  if (word === '') return [...listLines(all, look), '', 'plan docs NAME explains one of them.'];
  const chapter = chapterOf(all, word);
  if (chapter) return listLines([chapter], look);
  return findPages(all, word).flatMap(({ page, one, note }, index) => [
    ...(index === 0 ? [] : ['', '']),
    ...(note === undefined ? [] : [...wrap(`${word} in JMeter: ${note}`, look.columns), '']),
    ...pageLines(page, one, look),
  ]);
}
