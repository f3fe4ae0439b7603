const longestShown = 100;

/** A text in quotes for a sentence, its end left off where it is long. */
export function shown(text: string): string {
  return JSON.stringify(text.length > longestShown ? `${text.slice(0, longestShown)}…` : text);
}
