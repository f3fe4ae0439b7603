import type { JsonObject } from '../json.ts';
import type { SettingsName } from '../seed/settings.ts';
import { success } from './answers.ts';
import { checkChanges } from './body.ts';
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
  ...settingsRoutes('/config/system', 'system', { logging_level: 'DEBUG', max_retries: 5 }),
  ...settingsRoutes('/config/features', 'features', { auto_optimization: true }),
];

/** `GET` and `PUT` of one document of settings. `PUT` merges; a known field keeps its type. */
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
      handle: ({ body }, store) => {
        const before = store.settings.get(name) ?? {};
        checkChanges(body, { fields: typesOf(before) }, store);
        const after = { ...before, ...body };
        store.settings.set(name, after);
        return success(after);
      },
    },
  ];
}

function open(path: string, summary: string, body: JsonObject): Route {
  const answer: Answer = { status: 200, body };
  // Whoever asks adds what he likes, to tell one request from another.
  return {
    method: 'GET',
    path,
    summary,
    statuses: [200],
    shape: 'flat',
    open: true,
    query: 'any',
    handle: () => answer,
  };
}

function typesOf(settings: JsonObject): Record<string, FieldRule> {
  const types: Record<string, FieldRule> = {};
  for (const [field, value] of Object.entries(settings)) {
    if (Array.isArray(value)) types[field] = 'list';
    else if (typeof value === 'number' || typeof value === 'boolean')
      types[field] = typeof value === 'number' ? 'number' : 'boolean';
    else types[field] = typeof value === 'string' ? 'text' : 'object';
  }
  return types;
}
