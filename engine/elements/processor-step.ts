import type { Controller, Flow, Processor } from './element.ts';

const onwards = (): Flow => 'next';

/**
 * A processor as a step of its own, written as under `before` and `after`: `- log: done`. It gives no sample; the answer
 * it sees is the user's last. One that
 * throws is a failed sample, as any step is.
 */
export function processorStep(processor: Processor): Controller {
  const { kind } = processor;
  return {
    ...processor,
    flat: true,
    label: () => kind,
    build({ config, slot, at, tags }) {
      const run = processor.build(config, { slot, at }, tags);
      return (user) => {
        const done = run(user, user.answer);
        return done instanceof Promise ? done.then(onwards) : 'next';
      };
    },
  };
}
