import { onDemand } from './on-demand.ts';

/** XML and XPath, once loaded. */
export const xmlParser = onDemand(() => import('./xml.ts'));
