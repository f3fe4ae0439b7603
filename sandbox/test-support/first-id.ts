import { routes } from '../api/routes.ts';
import { nouns } from '../kinds.ts';
import type { Kind } from '../kinds.ts';
import type { Client } from './client.ts';

const listPaths: Partial<Record<Kind, string>> = {
  sources: '/sources',
  pipelines: '/pipelines',
  executions: '/executions',
  issues: '/healing/issues',
  qualityIssues: '/quality/issues',
  healings: '/healing/executions',
};
const areas = ['', '/quality', '/healing', '/monitoring', '/optimization'];

/** The id of the first thing in the list of its kind, wherever that list is. */
export async function firstId({ call }: Client, kind: Kind): Promise<string> {
  const paths = [listPaths[kind] ?? '', ...areas.map((area) => `${area}/${kind}`)].filter(Boolean);
  for (const path of paths) {
    if (!routes.some((route) => route.method === 'GET' && route.path === path)) continue;
    const { body } = await call('GET', path);
    return body.data.items[0]![`${nouns[kind]}_id`] as string;
  }
  throw new Error(`No list of ${kind}.`);
}
