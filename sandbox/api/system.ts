import type { JsonObject } from '../json.ts';
import { settingWords } from '../seed/settings.ts';
import type { SettingsName } from '../seed/settings.ts';
import { success } from './answers.ts';
import { changesOf } from './body.ts';
import type { FieldRule } from './body.ts';
import type { Answer, Route } from './route.ts';

/** Health, status and version, which need no token, and the settings of the system. */
export const systemRoutes: readonly Route[] = [
  open('/health', 'Whether the API is well', { status: 'healthy' }),
  open('/status', 'The state of each component', {
    status: 'operational',
    components: { api: 'up', ingestion: 'up', quality: 'up', healing: 'up' },
  }),
  open('/version', 'The version of the API', { version: '1.0.0' }),
  echo('GET'),
  echo('POST'),
  ...settingsRoutes('/config/system', 'system', { logging_level: 'DEBUG', max_retries: 5 }),
  ...settingsRoutes('/config/features', 'features', { auto_optimization: true }),
];

/** `GET` and `PUT` of one document of settings. `PUT` merges; a field keeps its type. */
export function settingsRoutes(path: string, name: SettingsName, example: JsonObject): readonly Route[] {
  return [
    {
      method: 'GET',
      path,
      summary: `Read the ${name} settings`,
      statuses: [200],
      shape: 'data',
      handle: (_, store) => success(store.settings.get(name) ?? {}),
    },
    {
      method: 'PUT',
      path,
      summary: `Change the ${name} settings`,
      statuses: [200],
      shape: 'data',
      example,
      fields: 'shown',
      handle: ({ body }, store) => {
        const before = store.settings.get(name) ?? {};
        const after = { ...before, ...changesOf(body, { fields: typesOf(before) }, store, before) };
        store.settings.set(name, after);
        return success(after);
      },
    },
  ];
}

/** For whoever tries what a plan sends. */
function echo(method: 'GET' | 'POST'): Route {
  return {
    method,
    path: '/echo',
    summary: 'What it was asked with',
    statuses: [200],
    shape: 'flat',
    open: true,
    query: 'any',
    fields: 'any',
    handle: ({ query, body }) => ({ status: 200, body: { status: 'success', query, body } }),
  };
}

function open(path: string, summary: string, body: JsonObject): Route {
  const answer: Answer = { status: 200, body };
  return {
    method: 'GET',
    path,
    summary,
    statuses: [200],
    shape: 'flat',
    open: true,
    handle: () => answer,
  };
}

function typesOf(settings: JsonObject): Record<string, FieldRule> {
  const types: Record<string, FieldRule> = {};
  for (const [field, value] of Object.entries(settings)) {
    const words = settingWords[field];
    if (words !== undefined) types[field] = words;
    else if (Array.isArray(value)) types[field] = 'list of texts';
    else if (typeof value === 'number' || typeof value === 'boolean')
      types[field] = typeof value === 'number' ? 'number' : 'boolean';
    else types[field] = typeof value === 'string' ? 'text' : 'object';
  }
  return types;
}
