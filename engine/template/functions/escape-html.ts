import { escapeEntities } from '../html-entities.ts';
import { conversion } from '../function-forms.ts';

/** `${__escapeHtml(text)}`: with the entities of HTML 4.0, `&quot;` among them, `'` not (`EscapeHtml.java`). */
export const escapeHtml = {
  ...conversion(
    {
      name: '__escapeHtml',
      description: 'The text with the entities of HTML 4.0 for what is markup or not ASCII.',
      example: { template: '${__escapeHtml(<b>Grüße</b>)}', gives: '&lt;b&gt;Gr&uuml;&szlig;e&lt;/b&gt;' },
    },
    escapeEntities,
  ),
  constant: true,
};
