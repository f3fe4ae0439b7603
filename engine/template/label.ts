import type { Template } from '../model/template.ts';
import { renderer } from './render.ts';
import type { Render } from './scope.ts';

/**
 * A label. What the author writes of it stays as it is; what variables bring, perhaps from a server, goes through `mask`.
 * Null: the plan has no secrets.
 */
export function labelRenderer(label: Template, mask: ((text: string) => string) | null): Render {
  if (mask === null || typeof label === 'string') return renderer(label);
  const pieces = label.map((part): Render => {
    const piece = renderer([part]);
    return typeof part === 'string' ? piece : (scope) => mask(piece(scope));
  });
  return (scope) => pieces.map((piece) => piece(scope)).join('');
}
