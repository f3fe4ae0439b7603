import { reading } from '../function-forms.ts';

/** `${__machineIP(variable)}`: the first address of the machine that is not its loopback (`MachineIP.java`). */
export const machineIp = reading(
  {
    name: '__machineIP',
    description: 'The first address of the machine that is not its loopback.',
    example: { template: '${__machineIP}', gives: '127.0.0.1', varies: true },
  },
  (scope) => scope.host.machineIp,
  true,
);
