/**
 * Text with holes, parsed once at compile time. Plain data, so that it can travel to a worker.
 *
 * A plain string is a constant. Adjacent constants are merged.
 */
export type Template = string | readonly TemplatePart[];

export type TemplatePart = string | SecretPart | VariablePart | FunctionPart | ChoicePart | JoinedPart;

/**
 * How the text of a hole is fitted into its surroundings: escaped inside a JSON string; percent-encoded; or
 * checked to be a JSON number, a boolean or any JSON value where one stands, and put there as it is.
 */
export type Encoding = 'json' | 'url' | 'jsonNumber' | 'jsonBoolean' | 'jsonValue';

/** Text that is known before the run and holds a secret: rendered as it is, shown as `***`. */
export interface SecretPart {
  readonly secret: string;
}

/** `${name}`. Undefined at run time: the text `${name}` stays, as in JMeter. */
export interface VariablePart {
  readonly variable: string;
  /** Undefined at run time: the empty text. */
  readonly orEmpty?: true;
  readonly encode?: Encoding;
  /** What it gives is made of a secret, and shown as `***`. */
  readonly masked?: true;
}

/** `${__name(a,b)}`. `slot` numbers the occurrences in a plan: counters keep their state by it. */
export interface FunctionPart {
  readonly function: string;
  readonly args: readonly Template[];
  readonly slot: number;
  readonly encode?: Encoding;
  /** What it gives is made of a secret, and shown as `***`. */
  readonly masked?: true;
}

/** One of several texts; the empty text when none is taken. */
export interface ChoicePart {
  readonly choice: Choice;
  readonly among: readonly Template[];
}

/** Texts with a separator between those that are not empty. */
export interface JoinedPart {
  readonly joined: readonly Template[];
  readonly separator: string;
  readonly encode?: Encoding;
}

/** Which of several alternatives is taken, decided when it is rendered: the first by chance or condition; by a text. */
export type Choice =
  /** Rendered, `30%` or `0.3`. */
  | { readonly chance: Template }
  | { readonly when: Condition }
  /** An alternative for each case; one more is for all other texts. */
  | { readonly switch: Template; readonly cases: readonly string[] };

/** What a rendered text becomes; `scalar` is a number when it looks like one, else the text. */
export type RenderedType = 'string' | 'number' | 'integer' | 'boolean' | 'ms' | 'bytes' | 'scalar';

/** What of a schema is looked at again once a text is rendered. */
export interface Limits {
  readonly type?: string | readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
}

/**
 * A configuration with holes: what the author wrote for a sampler, a controller or an assertion.
 *
 * `path` is the place inside the configuration (`headers.X-Id`), for the message when a rendered text
 * is not of the type that stands there.
 */
export type ConfigNode =
  /** `shown`: the same as people may see it; left out where no secret is in it. */
  | { readonly constant: unknown; readonly shown?: unknown }
  | {
      readonly text: Template;
      readonly as: RenderedType;
      readonly path: string;
      /** What a text must match once rendered, a regular expression of the schema. */
      readonly pattern?: string;
      /** What the value must be once rendered: within the limits of one of them. */
      readonly limits?: readonly Limits[];
    }
  | { readonly object: readonly (readonly [key: string, node: ConfigNode])[] }
  | { readonly list: readonly ConfigNode[] }
  /** Becomes true or false. */
  | { readonly condition: Condition }
  /** A value of an object, which is left out when none is taken. */
  | { readonly choice: Choice; readonly among: readonly ConfigNode[] };

/** A comparison over variables, parsed: what stands in `if`. Plain data. */
export type Condition =
  | { readonly literal: string | number | boolean | null }
  /** An undefined variable is the empty text here. */
  | { readonly template: Template }
  | { readonly operator: ConditionOperator; readonly operands: readonly Condition[] };

export const conditionOperators = [
  '||',
  '&&',
  '!',
  '==',
  '!=',
  '===',
  '!==',
  '<',
  '<=',
  '>',
  '>=',
  '+',
  '-',
  '*',
  '/',
  '%',
] as const;
export type ConditionOperator = (typeof conditionOperators)[number];
