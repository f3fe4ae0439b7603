import type { TemplateFunction } from './function.ts';

/** `${__threadNum}`: the user's number in its group, from 1, over all workers. */
export const threadNum: TemplateFunction = {
  name: '__threadNum',
  description: 'The number of the user in its group, from 1, over all workers.',
  example: { template: '${__threadNum}', gives: '7', varies: true },
  minArguments: 0,
  maxArguments: 0,
  usage: '',
  make() {
    return (scope) => String(scope.threadNumber);
  },
};
