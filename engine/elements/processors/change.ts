import { isJsonMap, type ExactJson, type JsonMap } from '../../json/exact-number.ts';
import { writeJson } from '../../json/json-text.ts';
import { readJson, readJsonIn } from '../../json/read-json.ts';
import type { RenderScope } from '../../template/scope.ts';
import { defineProcessor } from '../element.ts';
import { mergePatch } from '../merge-patch.ts';
import { shown } from '../shown.ts';

/**
 * `{ change: config, merge: { retries: 3 }, toggle: random }`: changes an object that was captured as the JSON text of a
 * variable, so that it can be sent back. Merged first, then without what is removed, then with what is toggled.
 */
export const change = defineProcessor({
  kind: 'change',
  reads: [],
  example: `- set: { config: '{"level":"INFO","features":{"email":true,"teams":false},"old":1}' }
- change: config
  merge: { level: DEBUG, retries: { $number: '\${__Random(1,5)}' } }
  remove: [old]
- change: config
  beneath: features
  toggle: random
- post: { path: /sources, json: { name: changed, type: CUSTOM, connection_details: { $json: '\${config}' } } }
  expect: 201`,
  schema: {
    type: 'object',
    description: 'Changes an object that a variable holds as JSON; its values keep their types.',
    additionalProperties: false,
    required: ['change'],
    properties: {
      change: {
        type: 'string',
        minLength: 1,
        literal: true,
        description: 'The variable, as an extractor sets it when it finds an object.',
        examples: ['config'],
      },
      merge: {
        type: 'object',
        additionalProperties: true,
        render: 'json',
        description:
          'What is merged into it, as in json: of http: maps key by key, null takes a key away (RFC 7396).',
        examples: [{ level: 'DEBUG', retries: { $number: '${retries}' } }],
      },
      remove: {
        type: 'array',
        minItems: 1,
        items: { type: 'string' },
        description: 'Keys that are taken away.',
        examples: [['updated_at']],
      },
      toggle: {
        type: 'string',
        description:
          'A key whose true becomes false or the other way round; `random` draws one of those keys.',
        examples: ['random', 'email_enabled'],
      },
      beneath: {
        type: 'string',
        minLength: 1,
        description: 'Where in the object to do so: keys with dots between them. Without it: at its top.',
        examples: ['data.features'],
      },
      into: {
        type: 'string',
        minLength: 1,
        literal: true,
        description: 'The variable that holds the result. Without it: the same.',
        examples: ['changed'],
      },
    },
  },
  check: (config) =>
    ['merge', 'remove', 'toggle'].some((key) => Object.hasOwn(config, key))
      ? null
      : 'expected merge, remove or toggle beside change',
  sets: ({ change: variable, into }) => [String(into ?? variable)],
  build: (config) => (user) => {
    const { change: variable, into, beneath, ...given } = config.render(user);
    const document = objectIn(user, variable);
    const path = beneath === undefined ? [] : beneath.split('.');
    const changed = within(document, path, (place) => changedMap(place, given, user));
    user.set(into ?? variable, writeJson(changed));
  },
});

interface Changes {
  readonly merge?: string;
  readonly remove?: readonly string[];
  readonly toggle?: string;
}

function objectIn(user: RenderScope, variable: string): JsonMap {
  const text = user.get(variable);
  const value = readJsonIn(text ?? '');
  if (isJsonMap(value)) return value;
  const found = text === undefined ? 'it is not set' : `found ${shown(text)}`;
  throw new RangeError(`change: the variable "${variable}" must hold an object as JSON; ${found}`);
}

/** The object with the map at a path replaced by what `make` makes of it. */
function within(map: JsonMap, [key, ...more]: readonly string[], make: (map: JsonMap) => JsonMap): JsonMap {
  if (key === undefined) return make(map);
  const inner = Object.hasOwn(map, key) ? map[key] : undefined;
  if (!isJsonMap(inner)) throw new RangeError(`change: there is no object beneath "${key}"`);
  return { ...map, [key]: within(inner, more, make) };
}

function changedMap(map: JsonMap, { merge, remove, toggle }: Changes, user: RenderScope): JsonMap {
  const merged: ExactJson = merge === undefined ? map : mergePatch(map, readJson(merge));
  const kept = Object.entries(isJsonMap(merged) ? merged : {}).filter(([key]) => !remove?.includes(key));
  if (toggle === undefined) return Object.fromEntries(kept);
  const flags = kept.filter(([, value]) => typeof value === 'boolean').map(([key]) => key);
  const chosen = toggle === 'random' ? flags[Math.floor(user.random() * flags.length)] : toggle;
  if (chosen === undefined || !flags.includes(chosen)) {
    const what = toggle === 'random' ? 'nothing there is' : `"${toggle}" is not`;
    throw new RangeError(`change: ${what} true or false, so it cannot be toggled`);
  }
  return Object.fromEntries(kept.map(([key, value]) => [key, key === chosen ? !value : value]));
}
