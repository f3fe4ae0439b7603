import { reading } from '../function-forms.ts';

/** `${__machineName(variable)}`: the machine's host name (`MachineName.java`). */
export const machineName = reading('__machineName', (scope) => scope.host.machineName, true);
