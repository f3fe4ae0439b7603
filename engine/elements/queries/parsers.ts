import { onDemand } from '../../markup/on-demand.ts';

export const htmlParser = onDemand(() => import('./html.ts'));
export const xmlChecker = onDemand(() => import('../../markup/well-formed.ts'));
export const jmesPathParser = onDemand(() => import('./jmes-path.ts'));
