import { Composer, Lexer, LineCounter, Parser, type CST, type Document, type YAMLError } from 'yaml';
import type { Position } from '../model/errors.ts';
import type { Positions } from './positions.ts';
import type { Problems } from './problems.ts';
import { toValue } from './yaml-value.ts';
import { isMeantAsJson, jsonComment, jsonMistake, jsonStumble, type Mistake } from './json-mistake.ts';
import { yamlMessage } from './yaml-message.ts';

/** Levels of lists and mappings; the parser calls itself for each, and a plan needs some twenty. */
const maxDepth = 100;

/** Words, signs, spaces and line ends: some 17,000 lines. Bounds the time that a hostile file takes. */
const maxLexemes = 120_000;

interface Text {
  readonly text: string;
  /** The file as the user named it, for positions. */
  readonly file: string;
}

/**
 * The value of one YAML 1.2 (core) or JSON document, with the position of everything in it.
 *
 * Undefined when the text is not one document; what is wrong has then been added to `problems`.
 * The key check of the `yaml` package is quadratic, hence off; `toValue` does it.
 */
export function parseYaml({ text, file }: Text, positions: Positions, problems: Problems): unknown {
  const lines = new LineCounter();
  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const tokens = tokenize(text, lines, (offset, message) => problems.add(positionOf(offset), message));
  if (!tokens) return undefined;
  const [document] = new Composer(options).compose(tokens, true, text.length);
  if (!document) return undefined;
  const mistakes = mistakesOf(document, { text, file });
  for (const { offset, message } of mistakes) problems.add(positionOf(offset), message);
  if (mistakes.length > 0) return undefined;
  return toValue(document.contents, { maxDepth, positionOf, positions, problems });
}

const options = {
  version: '1.2',
  schema: 'core',
  stringKeys: true,
  uniqueKeys: false,
  prettyErrors: false,
} as const;

type Report = (offset: number, message: string) => void;

/** The tokens of the text, unless it is too deep, too long or more than one document. */
function tokenize(text: string, lines: LineCounter, report: Report): CST.Token[] | null {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  lines.addNewLine(0);
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    const refusal = refuse(parser.stack.length, ++lexemes);
    if (refusal) {
      report(parser.offset, refusal);
      return null;
    }
  }
  for (const token of parser.end()) tokens.push(token);
  const second = tokens.filter(({ type }) => type === 'document')[1];
  if (!second) return tokens;
  report(
    second.offset,
    'a file holds one plan, found a second document (after "---"). Make it a file of its own.',
  );
  return null;
}

/** The stack of the parser is the document and one entry a level. */
function refuse(stackLength: number, lexemes: number): string | null {
  if (stackLength > maxDepth + 1) return `nested too deeply: at most ${maxDepth} levels.`;
  if (lexemes > maxLexemes) {
    return 'the file holds too much to be a plan written by hand. Split it with include:, or put data into data files.';
  }
  return null;
}

/** What is wrong with the text: in JSON's words, where it is meant to be JSON. */
function mistakesOf(document: Document.Parsed, { text, file }: Text): Mistake[] {
  const found = mistakesIn(document, text);
  if (!isMeantAsJson(file, text)) return found;
  const inJson = jsonComment(text) ?? (found.length > 0 ? (jsonMistake(text) ?? jsonStumble(text)) : null);
  return inJson ? [inJson] : found;
}

/** The first syntax error (those after it mostly follow from it), or what YAML merely warns of: unknown tags. */
function mistakesIn(document: Document.Parsed, text: string): Mistake[] {
  const [error] = document.errors;
  const told: readonly YAMLError[] = error ? [error] : document.warnings;
  const mistakes = told.map((each) => ({ offset: each.pos[0], message: yamlMessage(each, text) }));
  if (mistakes.length === 0 && document.directives.yaml.version !== '1.2') {
    mistakes.push({ offset: 0, message: 'plans are YAML 1.2. Remove the %YAML directive.' });
  }
  return mistakes;
}
