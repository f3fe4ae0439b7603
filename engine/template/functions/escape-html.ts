import { escapeEntities } from '../html-entities.ts';
import { conversion } from '../function-forms.ts';

/** `${__escapeHtml(text)}`: with the entities of HTML 4.0, `&quot;` among them, `'` not (`EscapeHtml.java`). */
export const escapeHtml = { ...conversion('__escapeHtml', escapeEntities), constant: true };
