import { Hono } from 'hono';
import type { Faults } from './faults.ts';

/** `/sandbox/faults`: POST asks for faults, GET lists those still to come, DELETE forgets them. */
export function faultRoutes(faults: Faults): Hono {
  const app = new Hono();
  app.use('/sandbox/faults', async (context, next) => {
    const problems = Object.keys(context.req.query()).map(
      (name) => `The parameter "${name}" is unknown here.`,
    );
    if (problems.length > 0) return context.json({ problems }, 400);
    return next();
  });
  app.get('/sandbox/faults', (context) => context.json({ faults: faults.list() }));
  app.post('/sandbox/faults', async (context) => {
    const asked: unknown = await context.req.json().catch(() => undefined);
    const problems = faults.add(asked);
    if (problems.length > 0) return context.json({ problems }, 400);
    return context.json({ faults: faults.list() });
  });
  app.delete('/sandbox/faults', (context) => {
    faults.clear();
    return context.body(null, 204);
  });
  return app;
}
