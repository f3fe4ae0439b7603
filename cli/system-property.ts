import { UserError } from '../engine/model/errors.ts';

/** What to write instead of a Java system property, by how its name begins. */
const instead: readonly (readonly [begin: RegExp, remedy: string])[] = [
  [
    /^https?\.(?:proxyHost|proxyPort|proxyUser|proxyPassword|nonProxyHosts)$/,
    'Write -H HOST -P PORT (-u USER -a PASSWORD -N HOSTS)',
  ],
  [/^javax\.net\.ssl\./, 'Certificates are options of http: certificate and ca (plan docs http)'],
  [/^user\.(?:language|country|region)$/, 'Functions for dates take a locale (plan docs __timeShift)'],
  [
    /^(?:sun\.net|java\.net|networkaddress|sun\.security)/,
    'Connections are set by options of http (plan docs http)',
  ],
];

/**
 * `-Dname=value`: the time zone takes effect at once, as what reads and writes dates comes later. Nothing else that Java reads
 * exists here. Throws a `UserError`.
 */
export function setSystemProperty(text: string): string {
  const [name, value] = splitPair(text);
  if (name !== 'user.timezone') {
    const found = instead.find(([begin]) => begin.test(name));
    const remedy = found?.[1] ?? `A property of the plan is set by: -J${text}`;
    throw new UserError(`-D${text}: there are no Java system properties but user.timezone. ${remedy}.`);
  }
  if (!isTimeZone(value))
    throw new UserError(`-D${text}: expected a time zone such as UTC or Europe/Berlin, found "${value}".`);
  process.env['TZ'] = value;
  return text;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** `name=value`; without a sign of equality the value is empty. */
export function splitPair(text: string): readonly [name: string, value: string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
