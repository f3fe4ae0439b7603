import type { Template, TemplatePart } from '../model/template.ts';
import { masked } from '../model/masked.ts';

/** A template as text, for people, where it cannot be rendered: `Item ${id}`; functions without their arguments. */
export function unrendered(template: Template): string {
  return typeof template === 'string' ? template : template.map(unrenderedPart).join('');
}

function unrenderedPart(part: TemplatePart): string {
  if (typeof part === 'string') return part;
  if ('secret' in part) return masked;
  if ('variable' in part) return `\${${part.variable}}`;
  return 'function' in part ? `\${${part.function}}` : '';
}
