import { Option } from 'commander';
import type { LoadChoice } from '../engine/model/load-choice.ts';
import { UserError } from '../engine/model/errors.ts';
import { expectedDuration, parseMs } from '../engine/model/units.ts';
import { randomSeed, type PrepareRequest } from '../engine/api/prepare.ts';
import { lineProxy, proxyOptions, type ProxyOptions } from './line-proxy.ts';
import { setSystemProperty, splitPair } from './system-property.ts';

/** What every command that reads a plan takes. */
export interface PlanOptions extends ProxyOptions {
  readonly property: readonly (readonly [string, string])[];
  readonly properties: readonly string[];
  readonly propfile?: string;
  readonly environment?: string;
  readonly group: readonly string[];
  readonly threads?: number;
  readonly loops?: number;
  readonly iterations?: number;
  readonly duration?: number;
  readonly tags: readonly string[];
  readonly excludeTags: readonly string[];
  readonly seed?: number;
}

/** JMeter's spelling where it has one: `-t`, `-J`, `-q`. */
export function planOptions(): Option[] {
  return [
    new Option('-t, --testfile <plan>', 'the plan file, as in JMeter'),
    new Option('-n, --nongui', 'accepted for JMeter habits; runs are never graphical'),
    new Option('-X, --remoteexit', 'accepted for JMeter habits; there are no servers').hideHelp(),
    ...propertyOptions(),
    environmentOption(),
    new Option('--group <name>', 'runs only this thread group; repeatable')
      .argParser(collect)
      .default([], 'all'),
    new Option(
      '--threads <n>',
      'users of each group that runs; of the plan where groups have a share',
    ).argParser(wholeNumber('--threads', 1, 1_000_000)),
    new Option('--loops <n>', 'how often each user runs its steps, in place of loops and duration').argParser(
      wholeNumber('--loops', 1),
    ),
    new Option('--iterations <n>', 'the same as --loops').argParser(wholeNumber('--iterations', 1)),
    new Option('--duration <time>', 'how long users begin loops, in place of loops and duration').argParser(
      someDurationMs('--duration'),
    ),
    new Option('--tags <list>', 'runs only steps of the load with one of these tags: read,endpoint=quality')
      .argParser(commaList)
      .default([], 'all'),
    new Option('--exclude-tags <list>', 'leaves out steps of the load with one of these tags')
      .argParser(commaList)
      .default([], 'none'),
    new Option('--seed <n>', 'makes chance repeatable').argParser(wholeNumber('--seed')),
    ...proxyOptions(),
  ];
}

/** As `proxyEnv`; true without it. */
export function noProxyEnv(): Option {
  return new Option(
    '--no-proxy-env',
    'leaves HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY of the environment aside',
  );
}

export function environmentOption(): Option {
  return new Option('-e, --environment <name>', "one of the plan's environments");
}

/** What sets the properties of a plan; `-D` what little a Java system property can mean here. */
export function propertyOptions(): Option[] {
  return [
    new Option('-J, --property <name=value>', 'sets a property of the plan; repeatable')
      .argParser(nameAndValue)
      .default([], 'none'),
    new Option('-q, --properties <file>', 'a file of name=value lines; repeatable')
      .argParser(collect)
      .default([], 'none'),
    new Option('-p, --propfile <file>', 'the same, and weaker than -q'),
    // The line is read so that this stands as one of the others: cli/line/read-options.ts.
    new Option('-G, --globalproperty <name=value>', 'the same as -J; -GFILE the same as -q'),
    new Option(
      '-D, --systemproperty <name=value>',
      'user.timezone=Europe/Berlin: the time zone of dates',
    ).argParser(setSystemProperty),
  ];
}

export function prepareRequest(plan: string | undefined, options: PlanOptions): PrepareRequest {
  if (!plan) throw new UserError('which plan? Write, for example: plan run plans/quickstart.yaml');
  lineProxy(options);
  return {
    file: plan,
    properties: options.property,
    propertyFiles: propertyFiles(options),
    env: process.env,
    groups: options.group,
    load: loadChoice(options),
    tags: { include: options.tags, exclude: options.excludeTags },
    seed: options.seed ?? randomSeed(),
    ...(options.environment === undefined ? {} : { environment: options.environment }),
  };
}

/** The weakest first. */
function propertyFiles({ propfile, properties }: PlanOptions): string[] {
  return [...(propfile === undefined ? [] : [propfile]), ...properties];
}

function loadChoice({ threads, loops, iterations, duration }: PlanOptions): LoadChoice {
  if (loops !== undefined && iterations !== undefined && loops !== iterations)
    throw new UserError(`--loops ${loops} and --iterations ${iterations} mean the same: keep one`);
  const passes = loops ?? iterations;
  return {
    ...(threads === undefined ? {} : { threads }),
    ...(passes === undefined ? {} : { loops: passes }),
    ...(duration === undefined ? {} : { durationMs: duration }),
  };
}

/** `-Ja=b`, `-J a=b`; `-Ja` sets the empty text, as in JMeter. */
function nameAndValue(
  text: string,
  before: readonly (readonly [string, string])[],
): readonly (readonly [string, string])[] {
  const [name, value] = splitPair(text);
  if (name === '') throw new UserError(`-J expects name=value, found "${text}"`);
  return [...before, [name, value]];
}

function commaList(text: string, before: readonly string[]): readonly string[] {
  const items = text.split(',').map((item) => item.trim());
  if (items.includes('')) throw new UserError(`expected tags with commas between them, found "${text}"`);
  return [...before, ...items];
}

export function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

export function wholeNumber(option: string, least = 0, most?: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    const isFit = Number.isSafeInteger(value) && value >= least && value <= (most ?? Infinity);
    if (!/^\d+$/.test(text.trim()) || !isFit) {
      const range = most === undefined ? `of at least ${least}` : `from ${least} to ${most}`;
      throw new UserError(`${option} expects a whole number ${range}, found "${text}"`);
    }
    return value;
  };
}

export function durationMs(option: string): (text: string) => number {
  return (text) => {
    const value = parseMs(text);
    if (value === null) throw new UserError(`${option}: ${expectedDuration(text)}`);
    return value;
  };
}

export function someDurationMs(option: string): (text: string) => number {
  const parse = durationMs(option);
  return (text) => {
    const value = parse(text);
    if (value <= 0)
      throw new UserError(`${option} expects a time of more than 0, such as 10s, found "${text}"`);
    return value;
  };
}

/** The name of a file to write. Standard output is what people read of it, so `-` is no such name there. */
export function fileToWrite(option: string): (text: string) => string {
  return (text) => {
    if (text === '') throw new UserError(`${option} expects the name of a file, found nothing`);
    if (text !== '-') return text;
    throw new UserError(
      `${option} -: it is written to a file, not to standard output, where people read. Name a file, or a pipe; for the result on standard output write --json -`,
    );
  };
}
