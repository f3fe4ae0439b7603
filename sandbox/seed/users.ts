import type { Random } from '../../engine/model/ports.ts';
import { integer } from '../random.ts';
import { inTurn } from './sow.ts';
import type { Sow } from './sow.ts';

export const roles = ['admin', 'user', 'viewer'] as const;

const firstNames = ['Ada', 'Barbara', 'Edsger', 'Grace', 'Ken', 'Margaret', 'Niklaus'] as const;
const lastNames = ['Dijkstra', 'Hamilton', 'Hopper', 'Liskov', 'Lovelace', 'Thompson', 'Wirth'] as const;

export function sowUsers(sow: Sow, random: Random): void {
  sow('users', 30, (index) => ({
    fields: {
      username: `user_${1000 + index}`,
      email: `user_${1000 + index}@example.com`,
      first_name: inTurn(firstNames, integer(random, 0, 6)),
      last_name: inTurn(lastNames, integer(random, 0, 6)),
      role: inTurn(roles, index),
      active: index % 6 !== 5,
    },
  }));
}
