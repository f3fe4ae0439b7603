import { didYouMean } from '../model/did-you-mean.ts';
import type { Position } from '../model/errors.ts';
import type { Property } from '../model/plan.ts';
import { expectedDuration, parseMs } from '../model/units.ts';
import { isTemplate } from './accepts.ts';
import type { DeclaredProperty, PropertyType } from './declared-properties.ts';
import type { LoadRequest } from './load-request.ts';
import type { Positions } from './positions.ts';
import { jmeterProperty } from './jmeter-property.ts';
import type { Problems } from './problems.ts';
import type { FileValue } from './read-property-files.ts';
import { scalarText, type Environment } from './read-settings.ts';
import { mappingOrEmpty, nameList, quote } from './shapes.ts';

/** Everything that can set a property. */
export interface Settings {
  readonly request: LoadRequest;
  /** What the `-p` and `-q` files say. */
  readonly fileValues: ReadonlyMap<string, FileValue>;
  readonly environment: Environment;
  /** The text of the plan and its fragments: `__P(name)` may read a property that none declares. */
  readonly text: string;
  readonly positions: Positions;
  readonly problems: Problems;
}

/**
 * The value of each property in this run, checked against its type.
 *
 * Precedence: `-J`, `-q`, environment variable, environment of the plan, default. A name that the plan does not know is a
 * mistake, on the line as in a file.
 */
export function resolveProperties(
  declared: ReadonlyMap<string, DeclaredProperty>,
  settings: Settings,
): Property[] {
  const { request, problems, fileValues } = settings;
  const commandLine = new Map(request.properties);
  const isKnown = (name: string) => declared.has(name) || readsProperty(settings.text, name);
  for (const name of commandLine.keys()) {
    if (!isKnown(name)) problems.add(undefined, `-J${name}: ${undeclared(name, declared)}`);
  }
  for (const [name, { at }] of fileValues) {
    if (!isKnown(name)) problems.add(at, undeclared(name, declared));
  }
  const known = [...declared.values()].map((property) => resolve(property, settings, commandLine));
  return [...known, ...undeclaredProperties(declared, settings, commandLine)];
}

/** Whether the plan asks for a property by function: `${__P(name)}`, `${__property(name,,5)}`. */
function readsProperty(text: string, name: string): boolean {
  return [...text.matchAll(/__(?:P|property)\(\s*([^\s,)]+)/g)].some(([, read]) => read === name);
}

function undeclared(name: string, declared: ReadonlyMap<string, unknown>): string {
  const start = `the plan declares no property ${quote(name)}.`;
  const near = didYouMean(name.slice(0, 100), declared.keys());
  if (near) return start + near;
  const ofJmeter = jmeterProperty(name);
  if (ofJmeter !== null) return `${start} ${ofJmeter}`;
  return declared.size === 0 ? `${start} It has none.` : `${start} Known: ${nameList(declared.keys())}.`;
}

function undeclaredProperties(
  declared: ReadonlyMap<string, DeclaredProperty>,
  { fileValues, text }: Settings,
  commandLine: ReadonlyMap<string, string>,
): Property[] {
  const names = new Set([...commandLine.keys(), ...fileValues.keys()]);
  const read = [...names].filter((name) => !declared.has(name) && readsProperty(text, name));
  return read.map((name) => ({
    name,
    type: 'string',
    description: '',
    value: commandLine.get(name) ?? fileValues.get(name)?.value,
    from: commandLine.has(name) ? 'command line' : 'property file',
    secret: false,
    at: undefined,
  }));
}

type Origin = Pick<Property, 'value' | 'from'> & {
  readonly where?: string;
  readonly valueAt?: Position | undefined;
};

function resolve(
  property: DeclaredProperty,
  settings: Settings,
  commandLine: ReadonlyMap<string, string>,
): Property {
  const { name, type, description, secret, at } = property;
  const { value, from, where, valueAt } = originOf(property, settings, commandLine);
  if (value === undefined && property.required) {
    settings.problems.add(
      at,
      `property "${name}" needs a value: -J${name}=…, or ${property.env}=… in the environment.`,
    );
  }
  if (value !== undefined && !isTemplate(value) && !fits(type, value)) {
    settings.problems.add(valueAt, `${where ?? ''}${misfit(property, value)}`);
    // The mistake is told here: what reads the property is checked with a value that it may have.
    const instead = property.default ?? value;
    return { name, type, description, value: fits(type, instead) ? instead : value, from, secret, at };
  }
  return { name, type, description, value, from, secret, at };
}

/** What the user sets, from outside the plan. */
export function givenValue(
  { name, env }: Pick<DeclaredProperty, 'name' | 'env'>,
  { request, fileValues }: Pick<Settings, 'request' | 'fileValues'>,
  commandLine: ReadonlyMap<string, string> = new Map(request.properties),
): Origin | null {
  const given = commandLine.get(name);
  if (given !== undefined) return { value: given, from: 'command line', where: `-J${name}: ` };
  const filed = fileValues.get(name);
  if (filed !== undefined) return { value: filed.value, from: 'property file', valueAt: filed.at };
  const variable = request.env[env];
  if (variable !== undefined) return { value: variable, from: 'environment variable', where: `${env}: ` };
  return null;
}

function originOf(
  property: DeclaredProperty,
  settings: Settings,
  commandLine: ReadonlyMap<string, string>,
): Origin {
  const { name } = property;
  const { environment, positions } = settings;
  const given = givenValue(property, settings, commandLine);
  if (given) return given;
  const settled = mappingOrEmpty(environment.settings['properties']);
  if (Object.hasOwn(settled, name)) {
    const value = scalarText(settled, name, positions);
    return { value, from: 'environment', valueAt: positions.locate(settled, name) };
  }
  if (property.default === undefined) return { value: undefined, from: 'nowhere' };
  return { value: property.default, from: 'default', valueAt: property.defaultAt };
}

const typeChecks: Readonly<Record<PropertyType, (value: string) => boolean>> = {
  string: () => true,
  integer: (value) => /^[+-]?\d+$/.test(value) && Number.isSafeInteger(Number(value)),
  number: (value) => value.trim() !== '' && Number.isFinite(Number(value)),
  boolean: (value) => value === 'true' || value === 'false',
  duration: (value) => parseMs(value) !== null,
};

function fits(type: PropertyType, value: string): boolean {
  return typeChecks[type](value);
}

const typeWords: Readonly<Record<PropertyType, string>> = {
  string: 'a text',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
  duration: 'a duration such as 30s',
};

function misfit({ name, type, isInferred, secret }: DeclaredProperty, value: string): string {
  const because = isInferred ? ' (as its default is; declare a type to change that)' : '';
  if (type === 'duration' && !secret) return `property "${name}": ${expectedDuration(value)}${because}.`;
  const found = secret ? 'something else (not shown, as it is secret)' : quote(value);
  return `property "${name}": expected ${typeWords[type]}${because}, found ${found}.`;
}
