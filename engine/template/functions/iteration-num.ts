import { reading } from '../function-forms.ts';

/** `${__iterationNum}`: how many times the user has begun its group's steps, from 1; 0 before (jmeter-plugins). */
export const iterationNum = reading(
  '__iterationNum',
  (scope) => String(Number(scope.get(`__jm__${scope.threadGroupName}__idx`) ?? -1) + 1),
  false,
);
