import { argument, storing, type TemplateFunction } from './function.ts';

/** `${__poolSize(NAME)}`: how many entries a pool of the plan has, now, for this user. */
export const poolSize: TemplateFunction = {
  name: '__poolSize',
  minArguments: 1,
  maxArguments: 2,
  usage: '(pool, [variable])',
  description: 'How many entries a pool of the plan has.',
  example: { template: '${__poolSize(issue_ids)}', gives: '2' },
  setsVariable: 1,
  namesPool: 0,
  make(args) {
    const name = argument(args, 0);
    return storing(args, 1, (scope) => String(scope.pool(name(scope).trim()).size));
  },
};
