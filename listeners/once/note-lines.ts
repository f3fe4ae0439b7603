import type { TraceNote } from '../../engine/model/trace.ts';
import type { PlanWords } from './words.ts';

/** A line about a sample; it is good, bad, or neither. */
export interface ToldLine {
  readonly text: string;
  readonly mood?: 'good' | 'bad';
}

interface Telling {
  readonly words: PlanWords;
  readonly mask: (text: string) => string;
  readonly isSecret: (variable: string) => boolean;
}

const [longestValue, mostVariables] = [200, 12];

/** What is told of the notes, a line each. */
export function noteLines(notes: readonly TraceNote[], telling: Telling): ToldLine[] {
  const { words, mask } = telling;
  const missed = new Set(
    notes.flatMap((note) => (note.kind === 'extracted' && !note.found ? [note.element.variable] : [])),
  );
  const own = notes.filter((note) => note.kind !== 'variable' || !isBeside(note.name, notes));
  const shown = own.filter((note) => note.kind !== 'variable' || !missed.has(note.name));
  const variables = shown.filter(({ kind }) => kind === 'variable');
  const left = new Set(variables.slice(mostVariables));
  const more = left.size === 0 ? [] : [{ text: `… and ${left.size} more variables` }];
  const lines = shown.flatMap((note): ToldLine[] => {
    switch (note.kind) {
      case 'variable':
        return left.has(note) ? [] : [{ text: variableText(note, telling) }];
      case 'timer':
        return [{ text: `timer ${words.timer(note.element)}: not waited for` }];
      case 'extracted':
        return note.found
          ? []
          : [{ text: nothingFound(note.element.variable, words.extractor(note.element)), mood: 'bad' }];
      case 'judged': {
        const what = note.name === undefined ? words.assertion(note.element) : `check "${note.name}"`;
        if (note.failure === null) return [{ text: `✓ ${what}`, mood: 'good' }];
        return [{ text: `✗ ${what}: ${mask(note.failure)}`, mood: 'bad' }];
      }
      case 'sent':
        return [];
    }
  });
  return [...lines, ...more];
}

/** What JMeter's extractors set beside a variable: `x_matchNr`, `x_g`, `x_g1`. */
function isBeside(name: string, notes: readonly TraceNote[]): boolean {
  const [, base] = /^(.+)_(?:matchNr|g\d*)$/.exec(name) ?? [];
  return base !== undefined && notes.some((note) => note.kind === 'variable' && note.name === base);
}

function variableText(
  { name, value }: Extract<TraceNote, { kind: 'variable' }>,
  { mask, isSecret }: Telling,
): string {
  if (value === null) return `${name} is not set any more`;
  if (value !== '' && isSecret(name)) return `${name} = ***`;
  const shown = mask(value);
  const cut =
    shown.length > longestValue ? `${shown.slice(0, longestValue)}… (${value.length} characters)` : shown;
  return `${name} = ${cut === '' ? '(empty)' : cut}`;
}

function nothingFound(variable: string, extractor: string): string {
  return `${variable}: ${extractor} found nothing`;
}
