import { reading } from '../function-forms.ts';

/** `${__threadGroupName}`: the name of the user's group (`ThreadGroupName.java`). */
export const threadGroupName = reading(
  {
    name: '__threadGroupName',
    description: 'The name of the user’s thread group.',
    example: { template: '${__threadGroupName}', gives: 'Users', varies: true },
  },
  (scope) => scope.threadGroupName,
  false,
);
