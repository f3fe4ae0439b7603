import type { ElementUser } from '../elements/element.ts';
import type { Mark } from './world.ts';

/** The same, noted before it begins. */
export function marked<Result>(run: (user: ElementUser) => Result, mark: Mark): typeof run {
  return (user) => {
    mark(user.threadNumber);
    return run(user);
  };
}
