import { masked } from '../model/masked.ts';
import type { Template, TemplatePart } from '../model/template.ts';

/** Whether a secret stands in a template, or will. */
export function holdsSecret(template: Template): boolean {
  return typeof template !== 'string' && template.some(isSecret);
}

/** Whether a part is a secret, or will be one. */
export function isSecret(part: TemplatePart): boolean {
  if (typeof part === 'string') return false;
  if ('secret' in part) return true;
  if ('choice' in part) return part.among.some(holdsSecret);
  if ('joined' in part) return part.joined.some(holdsSecret);
  return part.masked === true;
}

/** The text of a template without holes; null when it has some. */
export function constantText(template: Template): string | null {
  const plain = plainTemplate(template);
  return typeof plain === 'string' ? plain : null;
}

/** The template with its secrets as ordinary text. */
export function plainTemplate(template: Template): Template {
  return joinedTexts(template, (part) => (typeof part === 'object' && 'secret' in part ? part.secret : part));
}

/** The template with `***` for its secrets: what it renders may be shown. */
export function shownTemplate(template: Template): Template {
  return joinedTexts(template, (part) => {
    if (typeof part === 'string') return part;
    if ('choice' in part) return { ...part, among: part.among.map(shownTemplate) };
    if ('joined' in part) return { ...part, joined: part.joined.map(shownTemplate) };
    return isSecret(part) ? masked : part;
  });
}

function joinedTexts(template: Template, change: (part: TemplatePart) => TemplatePart): Template {
  if (typeof template === 'string') return template;
  const parts: TemplatePart[] = [];
  for (const part of template.map(change)) {
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else parts.push(part);
  }
  const [first = '', second] = parts;
  return second === undefined && typeof first === 'string' ? first : parts;
}
