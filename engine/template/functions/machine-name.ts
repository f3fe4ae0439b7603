import { reading } from '../function-forms.ts';

/** `${__machineName(variable)}`: the machine's host name (`MachineName.java`). */
export const machineName = reading(
  {
    name: '__machineName',
    description: 'The host name of the machine.',
    example: { template: '${__machineName}', gives: 'machine', varies: true },
  },
  (scope) => scope.host.machineName,
  true,
);
