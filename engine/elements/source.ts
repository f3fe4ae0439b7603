import type { ExactJson } from '../json/exact-number.ts';
import { readJsonIn } from '../json/read-json.ts';
import type { RenderScope } from '../template/scope.ts';
import type { Answer, Reads } from './element.ts';
import { unescapeEntities } from '../template/html-entities.ts';

/** The option that takes the text from a variable instead of the answer. */
export const sourceSchema = {
  source: {
    type: 'string',
    literal: true,
    pattern: '^[^\\s${}(),]+$',
    description: 'A variable whose text is looked at instead of the answer.',
    examples: ['page'],
  },
} as const;

/** Parts of an answer that extractors and assertions may look at. */
export type AnswerPart =
  'body' | 'headers' | 'requestHeaders' | 'requestBody' | 'url' | 'code' | 'message' | 'unescaped';

/** What must be kept of an answer for this part of it; nothing for the text of a variable. */
export function readsOfPart(part: unknown, source: unknown): readonly Reads[] {
  if (source !== undefined) return [];
  switch (part) {
    case 'code':
    case 'message':
    case 'url':
      return [];
    case 'headers':
      return ['headers'];
    case 'requestHeaders':
    case 'requestBody':
      return ['request'];
    default:
      return ['body'];
  }
}

export function partText(answer: Answer, part: AnswerPart): string {
  switch (part) {
    case 'body':
      return answer.text();
    case 'headers':
      return answer.headersText();
    case 'requestHeaders':
      return answer.requestHeadersText();
    case 'requestBody':
      return answer.requestText();
    case 'url':
      return answer.url;
    case 'code':
      return answer.code;
    case 'message':
      return answer.message;
    case 'unescaped':
      return unescapeEntities(answer.text());
  }
}

/** The text to look at: of a variable, or a part of the answer. A variable that is not set is the empty text. */
export function sourceText(
  answer: Answer,
  user: RenderScope,
  { source, part = 'body' }: { readonly source: string | undefined; readonly part?: AnswerPart },
): string {
  return source === undefined ? partText(answer, part) : (user.get(source) ?? '');
}

/** The document to look at. Undefined when the text is not JSON. */
export function sourceJson(
  answer: Answer,
  user: RenderScope,
  source: string | undefined,
): ExactJson | undefined {
  return source === undefined ? answer.json() : readJsonIn(user.get(source) ?? '');
}

/** The values of a header of the answer, whatever the case of its name. */
export function headerValues(answer: Answer, name: string): string[] {
  const wanted = `${name.toLowerCase()}: `;
  return answer
    .headersText()
    .split('\n')
    .slice(1)
    .filter((line) => line.slice(0, wanted.length).toLowerCase() === wanted)
    .map((line) => line.slice(wanted.length));
}
