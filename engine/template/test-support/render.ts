import { parseTemplate } from '../parse.ts';
import { renderer } from '../render.ts';
import { testScope } from './scope.ts';

export type Given = Parameters<typeof testScope>[0];

/** Renders a text once, for a user of its own. */
export function render(text: string, given: Given = {}) {
  const scope = testScope(given);
  return { text: renderer(parseTemplate(text, () => 0))(scope), scope };
}
