import type { Sample, SampleDetail } from '../engine/model/sample.ts';
import type { TraceNote } from '../engine/model/trace.ts';
import { literalPattern } from '../engine/model/literal-pattern.ts';
import { masked } from '../engine/model/masked.ts';
import { givesAccess } from './shown-headers.ts';
import { redactedBody } from './shown-body.ts';

type Redact = (text: string) => string;

/** Names of fields and variables whose values give access: `access_token`, `password`, `apiKey`. */
const accessName = new RegExp(
  'token$|^(pwd|pass)$|passw(or)?d|passphrase|passcode|secret|api[_-]?key|private[_-]?key|access[_-]?key|credential|' +
    'authori[sz]ation|signature$|^sig$|session[_-]?(id|key)$|sessid$|upload_id$|jwt|assertion$',
  'i',
);
/** Where a list goes on is no secret. */
const noAccess = /(page|next|continuation|cursor|sync)[_-]?token$/i;

export function isAccessName(name: string): boolean {
  return accessName.test(name) && !noAccess.test(name);
}

/** What is shorter stands in too many other texts. */
const shortest = 6;
/** More are not looked for in every text. */
const most = 1000;

/**
 * Hides what gives access in all that is shown of requests and answers: the secrets of the plan, and besides, as everything is
 * shown here, the values of fields, cookies and headers that give access, and wherever these values stand again.
 */
export class AccessMask {
  readonly #redact: Redact;
  readonly #variables: ReadonlySet<string>;
  readonly #values = new Set<string>();
  #pattern: RegExp | null = null;

  /** `variables`: those that the plan puts into headers that give access. */
  constructor(redact: Redact, variables: ReadonlySet<string> = new Set()) {
    this.#redact = redact;
    this.#variables = variables;
  }

  isSecretVariable(name: string): boolean {
    return this.#variables.has(name) || isAccessName(name);
  }

  /** Notes what gives access in a sample, before any of it is shown. */
  learn({ detail }: Sample): void {
    if (!detail) return;
    const { request, headers, notes = [] } = detail;
    this.learnNotes(notes);
    for (const [name, value] of [...(request?.headers ?? []), ...headers]) {
      if (givesAccess(name)) for (const part of partsOf(name, value)) this.#add(part);
    }
    const texts = request ? [request.url, request.body, textOf(detail)] : [textOf(detail)];
    for (const text of texts) {
      inFields(text, (value) => {
        this.#add(value);
        return value;
      });
    }
  }

  learnNotes(notes: readonly TraceNote[]): void {
    for (const note of notes) {
      if (note.kind === 'variable' && note.value !== null && this.isSecretVariable(note.name))
        this.#add(note.value);
    }
  }

  /** For a text that may begin or end anywhere. */
  readonly mask = (text: string): string => {
    if (text === '') return text;
    const hidden = inFields(redactedBody(text, this.#redact), () => masked);
    this.#pattern ??= patternOf(this.#values);
    return this.#pattern ? hidden.replace(this.#pattern, masked) : hidden;
  };

  #add(value: string): void {
    if (value.length < shortest || value.includes(masked) || this.#values.size >= most) return;
    this.#values.add(value);
    this.#values.add(encodeURIComponent(value));
    this.#pattern = null;
  }
}

/** The longest first: one may begin like another. */
function patternOf(values: ReadonlySet<string>): RegExp | null {
  if (values.size === 0) return null;
  const sorted = [...values].sort((one, other) => other.length - one.length);
  return new RegExp(sorted.map(literalPattern).join('|'), 'g');
}

/** `Bearer abc` is abc, `a=1; b=2` the values of both cookies. */
function partsOf(name: string, value: string): string[] {
  if (/cookie$/i.test(name)) {
    const pairs = /^set-/i.test(name) ? value.split(';', 1) : value.split(';');
    return pairs.map((pair) => pair.slice(pair.indexOf('=') + 1).trim());
  }
  return [value.trim().replace(/^\S+\s+/, '')];
}

/** Text is Latin-1 at least: what is looked for is ASCII. */
function textOf({ body }: SampleDetail): string {
  return Buffer.from(body.subarray(0, looked)).toString('utf8');
}

const looked = 65_536;

const jsonField = /("((?:[^"\\]|\\.){1,100})"\s*:\s*")((?:[^"\\]|\\.)*)(?=")/g;
const formField = /((?:^|[?&;\n])([\w.%[\]-]{1,100})=)([^&;\s#]*)/g;
const xmlField = /(<([\w.:-]{1,100})(?:\s[^<>]*)?>)([^<]+)(?=<)/g;

/** Replaces the values of fields that give access, in JSON, forms, URLs and XML. */
function inFields(text: string, replace: (value: string) => string): string {
  let shown = text;
  for (const pattern of [jsonField, formField, xmlField]) {
    shown = shown.replace(pattern, (whole: string, start: string, name: string, value: string) =>
      value !== '' && isAccessName(name) ? `${start}${replace(value)}` : whole,
    );
  }
  return shown;
}
