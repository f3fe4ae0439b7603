import { textContent } from 'domutils';
import { parseDocument } from 'htmlparser2';
import { remembered } from '../remembered.ts';

/** `&lt;` as `<`: the entities of HTML decoded, as JMeter does for "Body (unescaped)". */
export function unescapeHtml(text: string): string {
  return text.replaceAll(/&(?:#x[\da-f]{1,6}|#\d{1,7}|[a-z][\da-z]{1,31});/gi, entityText);
}

const entityText = remembered((entity) => textContent(parseDocument(entity)), 1000);
