/**
 * `{{id}}` for a variable of the plan, as Artillery and Postman write it. Other braces may be meant: GraphQL, Jinja and
 * Handlebars have them.
 */
export function foreignTemplate(text: string, isKnown: (variable: string) => boolean): string | null {
  for (const [found, name = ''] of text.matchAll(/\{\{\s*([\w.-]{1,100})\s*\}\}/g)) {
    if (!isKnown(name)) continue;
    return `${found} would be sent as it is: a variable is written \${${name}}. Where the braces are meant, write \${__char(123)}{${name}}}`;
  }
  return null;
}
