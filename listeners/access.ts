import type { Sample, SampleDetail } from '../engine/model/sample.ts';
import type { TraceNote } from '../engine/model/trace.ts';
import { literalPattern } from '../engine/model/literal-pattern.ts';
import { masked } from '../engine/model/masked.ts';
import { givesAccess, isAccessInForm, isAccessName } from './access-names.ts';
import { inJsonFields, type Replace } from './json-access.ts';
import { redactedBody } from './shown-body.ts';

type Redact = (text: string) => string;

/** What is shorter stands in too many other texts. */
const shortest = 6;
const surelySecret = 16;
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
      inFields(text, surely, (value, isInside) => {
        // What stands beside a secret may be a common word.
        if (!isInside || value.length >= surelySecret) this.#add(value);
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
    const hidden = inFields(redactedBody(text, this.#redact), probably, () => masked);
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

const formField = /((?:^|[?&;\n])([\w.%[\]-]{1,100})=)([^&;\s#"<>\\]*)/g;
/** Of multipart/form-data (RFC 7578): headers, an empty line, the value. */
const partField = /(\bname="([^"\r\n]{1,100})"[^\r\n]*(?:\r?\n[^\r\n]+)*\r?\n\r?\n)([^]*?)(?=\r?\n--|$)/g;
const xmlField = /(<([\w.:-]{1,100})(?:\s[^<>]*)?>)([^<]+)(?=<)/g;
const xmlAttribute = /(\s([\w.:-]{1,100})=["'])([^"'<>]*)(?=["'])/g;

type Gives = (name: string) => boolean;

const inMarkup = [
  [xmlField, isAccessName],
  [xmlAttribute, isAccessName],
] as const;
/** By names that are nothing else anywhere, so that their values may be looked for in all texts. */
const surely = [[formField, isAccessName], [partField, isAccessName], ...inMarkup] as const;
const probably = [[formField, isAccessInForm], [partField, isAccessInForm], ...inMarkup] as const;

/** Replaces the values of fields that give access, in JSON, forms, URLs and XML; their names stay. */
function inFields(text: string, fields: readonly (readonly [RegExp, Gives])[], replace: Replace): string {
  let shown = inJsonFields(text, replace);
  for (const [pattern, gives] of fields) {
    shown = shown.replace(pattern, (whole: string, start: string, name: string, value: string) =>
      value !== '' && gives(name) ? `${start}${replace(value)}` : whole,
    );
  }
  return shown;
}
