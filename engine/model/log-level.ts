/** Levels of lines that plans log, as JMeter's -L has them, the most talkative first. */
export const logLevels = ['ALL', 'TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL', 'OFF'] as const;

export type LogThreshold = (typeof logLevels)[number];

/** Whether a line of a level is kept where lines of at least `threshold` are. What is written to the console is, unless nothing is. */
export function isLogged(level: string, threshold: LogThreshold): boolean {
  const rank = logLevels.findIndex((known) => level === known || level === `${known}_ERROR`);
  const least = logLevels.indexOf(threshold);
  return rank < 0 ? threshold !== 'OFF' : rank >= least;
}
