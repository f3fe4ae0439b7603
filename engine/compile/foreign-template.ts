/** What Artillery, Postman and others make by a name with a dollar, and what makes it here. */
const dynamic: readonly (readonly [names: RegExp, ours: string])[] = [
  [/^\$(?:random(?:Number|Int)|randInt)$/i, '${__Random(1,100)}'],
  [/^\$(?:guid|uuid|randomUUID)$/i, '${__UUID()}'],
  [/^\$(?:timestamp|isoTimestamp|now)$/i, '${__time()}'],
  [/^\$(?:randomString|randomAlphaNumeric)$/i, '${__RandomString(10)}'],
  [/^\$loop(?:Count|Element)?$/i, 'the variable that "forEach" or "loop" sets'],
];

const ofEnvironment = /^(?:\$?processEnvironment|\$?process\.env|\$?env|__ENV)[.:](\w+)$/i;

/** A variable, or what is made, as other tools write it: `{{ id }}`, `{{$guid}}`, `{{ $randomNumber(1, 9) }}`, `#{id}`. */
const written = /\{\{\s*(\$?[\w.:-]{1,100})\s*(?:\([^(){}]{0,100}\)\s*)?\}\}|#\{([\w.]{1,100})\}/g;

interface Meaning {
  readonly isKnown: (variable: string) => boolean;
  /** Of an address: nothing but a variable can be meant. */
  readonly isAddress: boolean;
}

/**
 * Why a text holds what other tools would fill in; or null. Other braces may be meant: GraphQL, Jinja and Handlebars have them, so that
 * in a body only names that the plan knows, and those with a dollar, are taken for variables.
 */
export function foreignTemplate(text: string, { isKnown, isAddress }: Meaning): string | null {
  for (const [found, braced, hashed] of text.matchAll(written)) {
    const name = braced ?? hashed ?? '';
    const isMade = name.startsWith('$') || ofEnvironment.test(name);
    if (!isMade && !isAddress && !isKnown(name)) continue;
    const meant = isAddress ? '' : ` Where the braces are meant, write ${escaped(found)}`;
    return `${found} would be sent as it is: ${remedy(name)}.${meant}`;
  }
  return null;
}

function remedy(name: string): string {
  const ours = dynamic.find(([names]) => names.test(name))?.[1];
  if (ours !== undefined) return `write ${ours}`;
  const [, variable] = ofEnvironment.exec(name) ?? [];
  if (variable !== undefined) return environmentRemedy(variable);
  return name.startsWith('$')
    ? 'what is made is written ${__name()}, and "plan docs functions" lists the names'
    : `a variable is written \${${name}}`;
}

function environmentRemedy(variable: string): string {
  return `declare "properties: { ${variable}: { env: ${variable} } }", which reads it, and write \${${variable}}`;
}

/** ` Declare …` for `__ENV.HOST`, as k6 reads the environment, and its like; else nothing. */
export function foreignVariable(name: string): string {
  const [, variable] = ofEnvironment.exec(name) ?? [];
  return variable === undefined ? '' : ` For a value of the environment ${environmentRemedy(variable)}.`;
}

function escaped(found: string): string {
  return found.startsWith('#') ? `#\${__char(123)}${found.slice(2)}` : `\${__char(123)}${found.slice(1)}`;
}
