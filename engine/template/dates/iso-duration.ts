const form = new RegExp(
  '^([-+])?P(?=.)(?:([-+]?\\d+)D)?(?:T(?=.)(?:([-+]?\\d+)H)?(?:([-+]?\\d+)M)?(?:([-+]?\\d+(?:[.,]\\d*)?)S)?)?$',
  'i',
);

/**
 * Milliseconds of an ISO 8601 duration of days and less, as `java.time.Duration` reads it: `P2DT3H`, `-PT5M`,
 * `PT-1.5S`. A day is 24 hours. Undefined for other text; weeks, months and years have no fixed length and are such.
 */
export function isoDurationMs(text: string): number | undefined {
  const found = form.exec(text.trim());
  if (!found) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(2)
    .map((part: string | undefined) => Number((part ?? '0').replace(',', '.')));
  const ms = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  return found[1] === '-' ? -ms : ms;
}
