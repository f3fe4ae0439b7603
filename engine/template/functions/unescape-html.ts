import { unescapeEntities } from '../html-entities.ts';
import { conversion } from '../function-forms.ts';

/**
 * `${__unescapeHtml(text)}`: entities of HTML 4.0 and numbers (`&#228;`, `&#xE4;`) become characters; others stay
 * (`UnEscapeHtml.java`).
 */
export const unescapeHtml = {
  ...conversion(
    {
      name: '__unescapeHtml',
      description: 'The text with entities of HTML 4.0 and numbers become characters.',
      example: { template: '${__unescapeHtml(&lt;b&gt; &auml;)}', gives: '<b> ä' },
    },
    unescapeEntities,
  ),
  constant: true,
};
