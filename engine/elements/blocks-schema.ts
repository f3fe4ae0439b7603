/** The option of controllers that run one of their steps: what of a step with steps inside is run. */
export const blocksSchema = {
  blocks: {
    enum: ['whole', 'ignore'],
    literal: true,
    default: 'whole',
    description:
      'What is run of a step that has steps inside. `whole`: all of it. `ignore`, JMeter\'s "Ignore sub-controller blocks": the next one of the steps in it, which goes on there when its turn comes again and begins anew behind its last one. `critical`, `parallel`, `poll`, and steps with `on` or `cleanUp`, are one step.',
    examples: ['ignore'],
  },
} as const;
