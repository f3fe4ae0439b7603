import type { LogLevel, ScriptPrevious, ScriptScope } from '../model/script.ts';

/** The questions of `script-library.ts`, by number: numbers cross the border of the sandbox without a copy. */
export const calls = {
  refusal: 0,
  get: 1,
  set: 2,
  unset: 3,
  property: 4,
  code: 5,
  message: 6,
  ok: 7,
  elapsedMs: 8,
  url: 9,
  bytesReceived: 10,
  text: 11,
  header: 12,
  headersText: 13,
  threadName: 14,
  threadNumber: 15,
  threadGroupName: 16,
  samplerName: 17,
  log: 18,
  data: 19,
  random: 20,
  setProperty: 21,
} as const;

export type HostAnswer = string | number | undefined;

/** What a script asks for and does not get; it may catch it as a `RangeError`. */
export class Refusal extends Error {}

/** What scripts may leave behind. Lengths are in UTF-16 units. */
export const hostLimits = {
  /** Names and values that one call sets. */
  writtenPerCall: 1_048_576,
  /** Different variables and properties that all scripts of an engine set. */
  variables: 10_000,
  messagesPerCall: 100,
  messageLength: 2000,
} as const;

/** Answers scripts for the user whose turn it is, and keeps count of what they leave behind. */
export class HostCalls {
  readonly #names = new Set<string>();
  #scope: ScriptScope | null = null;
  #written = 0;
  #messages = 0;

  begin(scope: ScriptScope): void {
    this.#scope = scope;
    this.#written = 0;
    this.#messages = 0;
  }

  end(): void {
    this.#scope = null;
  }

  /** Throws a `Refusal`, which is the script's matter; anything else thrown is ours. */
  answer(call: number, a: string, b: string): HostAnswer {
    const scope = this.#scope;
    if (!scope) throw new Refusal('nothing can be asked for outside of a call');
    switch (call) {
      case calls.get:
        return scope.get(a);
      case calls.set:
        this.#note(a, b);
        scope.set(a, b);
        return undefined;
      case calls.setProperty:
        this.#note(a, b);
        scope.setProperty(a, b);
        return undefined;
      case calls.unset:
        scope.unset(a);
        return undefined;
      case calls.property:
        return ownProperty(scope, a);
      case calls.log:
        this.#log(scope, a, b);
        return undefined;
      case calls.data:
        return scope.data === undefined ? undefined : JSON.stringify(scope.data);
      case calls.random:
        return scope.random();
      default:
        return call < calls.threadName ? ofPrevious(scope.prev, call, a) : ofContext(scope, call);
    }
  }

  #note(name: string, value: string): void {
    this.#written += name.length + value.length;
    if (this.#written > hostLimits.writtenPerCall) {
      throw new Refusal('a script may set variables of 1 MiB in all in one call');
    }
    if (!this.#names.has(name)) {
      if (this.#names.size >= hostLimits.variables) {
        throw new Refusal(`scripts may set ${hostLimits.variables} different variables`);
      }
      this.#names.add(name);
    }
  }

  #log(scope: ScriptScope, level: string, message: string): void {
    this.#messages += 1;
    if (this.#messages > hostLimits.messagesPerCall) return;
    const last = this.#messages === hostLimits.messagesPerCall;
    scope.log(levelOf(level), last ? 'further messages of this call are left out' : shortened(message));
  }
}

function ownProperty({ properties }: ScriptScope, name: string): string | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}

function shortened(message: string): string {
  return message.length > hostLimits.messageLength
    ? `${message.slice(0, hostLimits.messageLength)}…`
    : message;
}

function levelOf(level: string): LogLevel {
  return level === 'debug' || level === 'warn' || level === 'error' ? level : 'info';
}

function ofPrevious(prev: ScriptPrevious | null, call: number, name: string): HostAnswer {
  if (!prev) return undefined;
  switch (call) {
    case calls.code:
      return prev.code;
    case calls.message:
      return prev.message;
    case calls.ok:
      return prev.ok ? 1 : 0;
    case calls.elapsedMs:
      return prev.elapsedMs;
    case calls.url:
      return prev.url;
    case calls.bytesReceived:
      return prev.bytesReceived;
    case calls.text:
      return prev.text();
    case calls.header:
      return prev.header(name);
    case calls.headersText:
      return prev.headersText();
    default:
      return undefined;
  }
}

function ofContext({ ctx }: ScriptScope, call: number): HostAnswer {
  switch (call) {
    case calls.threadName:
      return ctx.threadName;
    case calls.threadNumber:
      return ctx.threadNumber;
    case calls.threadGroupName:
      return ctx.threadGroupName;
    case calls.samplerName:
      return ctx.samplerName;
    default:
      return undefined;
  }
}
