import type { ChildStep, ControllerSite, ElementUser, Run } from '../element.ts';

/** One step of several, chosen anew each time the controller is entered, after its data has moved on. */
export function oneOf(
  { children, data }: Pick<ControllerSite<unknown>, 'children' | 'data'>,
  choose: (user: ElementUser) => ChildStep | undefined,
): Run {
  if (children.length === 0) return data;
  return async (user) => {
    const flow = await data(user);
    return flow === 'next' ? ((await choose(user)?.run(user)) ?? 'next') : flow;
  };
}
