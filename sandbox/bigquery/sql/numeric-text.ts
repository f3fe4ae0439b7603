const form = /^\s*[-+]?(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d{1,4}))?\s*$/;

/** Whether a text is a NUMERIC: 29 digits before the point, and nine behind it, where more are rounded or, exactly, refused. */
export function isNumeric(text: string, how: 'rounded' | 'exact'): boolean {
  const found = form.exec(text);
  if (!found) return false;
  const [, whole = '', rest = '', power = '0'] = found;
  if (whole + rest === '') return false;
  const point = whole.length + Number(power);
  const digits = whole + rest;
  const first = digits.search(/[1-9]/);
  if (first < 0) return true;
  const last = digits.replace(/0+$/, '').length;
  return point - first <= 29 && (how === 'rounded' || last - point <= 9);
}
