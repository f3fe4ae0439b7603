import type { TemplateFunction } from './function.ts';

/** `${__UUID()}`: a random UUID (RFC 9562, version 4), repeatable with the run's seed. */
export const uuid: TemplateFunction = {
  name: '__UUID',
  description: 'A UUID by chance (version 4).',
  example: { template: '${__UUID()}', gives: '3c6a7ef9-da9f-478d-a170-b53f7c5374bc', varies: true },
  minArguments: 0,
  maxArguments: 0,
  usage: '()',
  make() {
    return (scope) => {
      const hex = (digits: number) =>
        Math.floor(scope.random() * 16 ** digits)
          .toString(16)
          .padStart(digits, '0');
      const variant = '89ab'[Math.floor(scope.random() * 4)] ?? '8';
      return `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(6)}${hex(6)}`;
    };
  },
};
