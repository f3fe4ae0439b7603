import { reading } from '../function-forms.ts';

/** `${__TestPlanName}`: the plan's name, where JMeter gives the name of its file (`TestPlanName.java`). */
export const testPlanName = reading(
  {
    name: '__TestPlanName',
    description: 'The name of the plan.',
    example: { template: '${__TestPlanName}', gives: 'Plan', varies: true },
  },
  (scope) => scope.planName,
  false,
);
