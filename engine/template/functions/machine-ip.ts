import { reading } from '../function-forms.ts';

/** `${__machineIP(variable)}`: the first address of the machine that is not its loopback (`MachineIP.java`). */
export const machineIp = reading('__machineIP', (scope) => scope.host.machineIp, true);
