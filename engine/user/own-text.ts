/**
 * The same text in memory of its own. V8 makes a piece of a text point into the whole, which would keep ten megabytes of an
 * answer for as long as a user has an id of it. Texts of up to 12 characters are copied anyway; long ones are most of the
 * whole.
 */
export function ownText(text: string): string {
  return text.length < 13 || text.length > 1_000_000 ? text : ` ${text}`.slice(1);
}
