/** How well a reader of the output kept up. */
export interface Unread {
  /** The longest time in which the reader took nothing although there was something to take. */
  readonly longestMs: number;
  /** Lines that were dropped because too many waited. */
  readonly leftOut: number;
}
