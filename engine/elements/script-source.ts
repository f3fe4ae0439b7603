import type { Script, ScriptScope } from '../model/script.ts';
import type { Answer, ElementUser } from './element.ts';

/** The keys that everything written in JavaScript shares. */
export const scriptSchema = {
  script: {
    type: 'string',
    minLength: 1,
    literal: true,
    description:
      'JavaScript: the body of a function that sees `vars`, `props`, `prev`, `ctx`, `log` and, as `data`, what stands under `data`.',
    examples: ["vars.set('total', Number(vars.get('price')) * 2)"],
  },
  data: {
    type: 'object',
    additionalProperties: true,
    default: {},
    description: 'Values for the script; texts may be templates.',
    examples: [{ limit: '${limit}' }],
  },
  sets: {
    type: 'array',
    items: { type: 'string', literal: true },
    literal: true,
    default: [],
    description: 'Variables it sets besides those that its text names, as `vars.set("name", …)` does.',
    examples: [['orderId']],
  },
} as const;

/** The variables that a script sets, as far as its text tells, and those it says it sets. */
export function scriptVariables({ script, sets }: Readonly<Record<string, unknown>>): string[] {
  const named = [...String(script).matchAll(/\bvars\.(?:set|put)\(\s*(['"`])([^'"`$]+)\1/g)].map(
    (match) => match[2] ?? '',
  );
  return [...named, ...(Array.isArray(sets) ? sets.map(String) : [])];
}

/** Compiles the script when it is first run, for all users of the worker. */
export function scriptRunner(
  place: string,
): (
  user: ElementUser,
  config: { readonly script: string; readonly data: unknown },
  answer: Answer | null,
) => unknown {
  let script: Script | undefined;
  return (user, config, answer) => {
    script ??= user.scripts.compile(config.script, place);
    return script.run(scopeOf(user, config.data, answer));
  };
}

function scopeOf(user: ElementUser, data: unknown, prev: Answer | null): ScriptScope {
  return {
    get: (variable) => user.get(variable),
    set: (variable, value) => user.set(variable, value),
    unset: (variable) => user.unset(variable),
    properties: user.properties,
    setProperty: (name, value) => user.setProperty(name, value),
    prev,
    ctx: user,
    data,
    log: (level, message) => user.host.log(level.toUpperCase(), message, user.threadName),
    random: () => user.random(),
  };
}
