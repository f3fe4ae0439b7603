import { parseBytes, parseMs } from './units.ts';

/**
 * The dialect of JSON Schema in which every element of the plan language is described, once.
 *
 * One description serves four readers: Ajv checks plans with it, editors show it
 * (`schemas/plan.schema.json` is generated from it), `compile` turns configuration into templates
 * with it, and `Infer` gives the code its type.
 *
 * Some keywords are ours; each says how text in the file becomes a value in the program:
 *
 * - `unit: 'ms'`: the file says `30s` or `500ms`, the program sees the number of milliseconds.
 * - `unit: 'bytes'`: the file says `10GB` or `8MiB`, the program sees the number of bytes.
 * - `render: 'json' | 'query' | 'form'`: the file holds a map or list, the program sees one text:
 *   serialised JSON, or percent-encoded pairs `a=1&b=2`.
 * - `render: 'condition'`: the file holds a comparison, the program sees true or false.
 * - `choices: true`: the values of this map may be choices, `{ $chance: 50%, value: … }` and the like.
 * - `unset: 'empty'`: a variable that is not set is the empty text here, not `${name}`.
 * - `literal: true`: `${…}` in this value is not a template (patterns, conditions, names).
 * - `units: ['s', 'ms']`: a number alone lacks one of these.
 * - `ifNull: '…'`: what to do for who writes null here, as a sentence.
 * - `sampler: 'http'`: this is the configuration of a sampler of that kind, which documents describe once.
 *
 * Any other scalar may be written as a template (`threads: ${users}`); it is checked again once rendered.
 */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: JsonType | readonly JsonType[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly unit?: Unit;
  readonly render?: 'json' | 'query' | 'form' | 'condition';
  readonly choices?: boolean;
  readonly unset?: 'empty';
  readonly literal?: boolean;
  readonly units?: readonly string[];
  readonly ifNull?: string;
  readonly sampler?: string;
}

/** What a text with a unit becomes: a number of these. */
export type Unit = 'ms' | 'bytes';

/** The number that a text with a unit means; null when it means none. */
export function parseUnit(text: string, unit: Unit): number | null {
  return unit === 'ms' ? parseMs(text) : parseBytes(text);
}

export type JsonType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';

/** The value that the program sees for a schema written `as const`. A property with a `default` is never absent. */
export type Infer<S> = S extends { readonly unit: Unit }
  ? number
  : S extends { readonly render: 'condition' }
    ? boolean
    : S extends { readonly render: string }
      ? string
      : S extends { readonly enum: readonly (infer E)[] }
        ? E
        : S extends { readonly const: infer C }
          ? C
          : S extends { readonly anyOf: readonly (infer A)[] }
            ? Infer<A>
            : S extends { readonly type: 'object' }
              ? InferObject<S>
              : S extends { readonly type: 'array'; readonly items: infer I }
                ? readonly Infer<I>[]
                : S extends { readonly type: infer T }
                  ? InferScalar<T>
                  : unknown;

type InferScalar<T> = T extends 'string'
  ? string
  : T extends 'number' | 'integer'
    ? number
    : T extends 'boolean'
      ? boolean
      : T extends 'null'
        ? null
        : T extends 'array'
          ? readonly unknown[]
          : unknown;

type InferObject<S> = S extends { readonly properties: infer P }
  ? { readonly [K in keyof P as IsPresent<S, P, K> extends true ? K : never]: Infer<P[K]> } & {
      readonly [K in keyof P as IsPresent<S, P, K> extends true ? never : K]?: Infer<P[K]>;
    }
  : S extends { readonly additionalProperties: infer A extends JsonSchema }
    ? Readonly<Record<string, Infer<A>>>
    : Readonly<Record<string, unknown>>;

type IsPresent<S, P, K extends keyof P> = P[K] extends { readonly default: unknown }
  ? true
  : S extends { readonly required: readonly (infer R)[] }
    ? K extends R
      ? true
      : false
    : false;

/** What the program sees of an object of which nothing is written. */
export function defaultsOf({ properties = {} }: JsonSchema): Readonly<Record<string, unknown>> {
  const given = Object.entries(properties).filter(([, schema]) => schema.default !== undefined);
  return Object.fromEntries(
    given.map(([key, { unit, default: value }]) => [key, unit ? parseUnit(String(value), unit) : value]),
  );
}
