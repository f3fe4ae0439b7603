import type { RenderScope } from '../../template/scope.ts';
import type { Answer } from '../element.ts';
import { shown } from '../shown.ts';
import { sourceText } from '../source.ts';

/** The failure of an assertion that needs JSON. */
export function notJson(answer: Answer, user: RenderScope, source: string | undefined): string {
  return `expected JSON, found ${shown(sourceText(answer, user, { source }))}`;
}
