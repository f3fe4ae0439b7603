import { authRoutes } from './auth.ts';
import { healingRoutes } from './healing.ts';
import { ingestionRoutes } from './ingestion.ts';
import { monitoringRoutes } from './monitoring.ts';
import { optimizationRoutes } from './optimization.ts';
import { qualityRoutes } from './quality.ts';
import type { Route } from './route.ts';
import { systemRoutes } from './system.ts';
import { userRoutes } from './users.ts';

/** The whole REST API, below `/api`. Where two routes match, the one that comes first answers. */
export const routes: readonly Route[] = [
  ...systemRoutes,
  ...authRoutes,
  ...userRoutes,
  ...ingestionRoutes,
  ...qualityRoutes,
  ...healingRoutes,
  ...monitoringRoutes,
  ...optimizationRoutes,
];
