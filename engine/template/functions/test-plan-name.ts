import { reading } from '../function-forms.ts';

/** `${__TestPlanName}`: the plan's name, where JMeter gives the name of its file (`TestPlanName.java`). */
export const testPlanName = reading('__TestPlanName', (scope) => scope.planName, false);
