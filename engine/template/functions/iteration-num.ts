import { reading } from '../function-forms.ts';

/** `${__iterationNum}`: how many times the user has begun its group's steps, from 1; 0 before (jmeter-plugins). */
export const iterationNum = reading(
  {
    name: '__iterationNum',
    description: 'How many times the user has begun the steps of its thread group, from 1; 0 before.',
    example: { template: '${__iterationNum}', given: { __jm__Users__idx: '2' }, gives: '3', varies: true },
  },
  (scope) => String(Number(scope.get(`__jm__${scope.threadGroupName}__idx`) ?? -1) + 1),
  false,
);
