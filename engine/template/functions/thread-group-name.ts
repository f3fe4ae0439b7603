import { reading } from '../function-forms.ts';

/** `${__threadGroupName}`: the name of the user's group (`ThreadGroupName.java`). */
export const threadGroupName = reading('__threadGroupName', (scope) => scope.threadGroupName, false);
