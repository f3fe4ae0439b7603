import { roles } from '../seed/users.ts';
import { createOf, deleteOf, getOf, listOf, updateOf } from './resource.ts';
import type { Resource } from './resource.ts';
import type { Route } from './route.ts';

const users: Resource = {
  path: '/users',
  kind: 'users',
  filters: { equal: { role: 'role', active: 'active' } },
  body: {
    required: ['username', 'email'],
    fields: {
      username: 'text',
      email: 'text',
      password: 'text',
      first_name: 'text',
      last_name: 'text',
      role: roles,
      active: 'boolean',
    },
  },
  defaults: { role: 'viewer', active: true },
  example: { username: 'new_user', email: 'new_user@example.com', role: 'user' },
};

export const userRoutes: readonly Route[] = [
  listOf(users),
  getOf(users),
  createOf(users),
  updateOf(users),
  deleteOf(users),
];
