import { argument, evaluatedSlot, storing, wordMistake, type TemplateFunction } from './function.ts';

/**
 * `${__counter(TRUE,variable)}`: 1, 2, 3 … for each user; with anything but `TRUE` one count for all users of
 * all workers. Each occurrence in the plan counts for itself, as in JMeter (`IterationCounter.java`); one in text
 * that `__eval` evaluates is a new one each time, hence 1.
 */
export const counter: TemplateFunction = {
  name: '__counter',
  description:
    'Counts 1, 2, 3 … with each call: for each user with TRUE, else for all users of all workers together.',
  example: { template: '${__counter(TRUE)}', gives: '1', varies: true },
  minArguments: 1,
  maxArguments: 2,
  usage: '(TRUE | FALSE, [variable])',
  setsVariable: 1,
  mistake: ([perUser]) => wordMistake(perUser, ['TRUE', 'FALSE']),
  make(args, slot) {
    const perUser = argument(args, 0);
    if (slot === evaluatedSlot) return storing(args, 1, () => '1');
    return storing(args, 1, (scope) => {
      const own = perUser(scope).trim().toUpperCase() === 'TRUE';
      return String(own ? scope.nextOwn(slot) : scope.counters.next(slot));
    });
  },
};
