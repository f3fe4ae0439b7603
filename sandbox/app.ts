import { messageOf } from '../engine/model/errors.ts';
import { setTimeout as delay } from 'node:timers/promises';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { faultRoutes } from './fault-routes.ts';
import { Faults } from './faults.ts';
import { isJsonObject } from './json.ts';
import { unheeded } from './known.ts';
import type { JsonObject } from './json.ts';
import { badRequest, notFound, Refusal, unauthorized } from './api/answers.ts';
import { refuseUnknown } from './api/known.ts';
import type { Answer, Pace, Route } from './api/route.ts';
import { routes } from './api/routes.ts';
import type { SandboxSettings } from './options.ts';
import { seededRandom } from './random.ts';
import { seededStore } from './store.ts';
import type { Store } from './store.ts';
import type { Random } from '../engine/model/ports.ts';

const bodyLimitBytes = 65_536;

interface World {
  readonly store: Store;
  readonly settings: SandboxSettings;
  readonly pace: Pace;
  /** Decides which answers are errors; apart from the store's, so that errors do not change its data. */
  readonly errors: Random;
  readonly nowEpochMs: () => number;
}

/**
 * The REST API as a web application, made from the list of routes: tokens, delay and random errors in
 * front of every handler; 404 for unknown paths, 405 for known ones with another method.
 */
export function createApp(
  settings: SandboxSettings,
  nowEpochMs: () => number,
  faults: Faults = new Faults(),
  store: Store = storeOf(settings, nowEpochMs),
): Hono {
  const world: World = {
    store,
    settings,
    pace: settings,
    errors: seededRandom(settings.seed + 1),
    nowEpochMs,
  };
  const app = new Hono();
  for (const route of routes) {
    app.on(route.method, `/api${route.path}`, (context) => respond(context, route, world));
  }
  for (const path of new Set(routes.map(({ path }) => path))) {
    app.all(`/api${path}`, () => toResponse(wrongMethod(path)));
  }
  app.route('/', faultRoutes(faults));
  app.notFound((context) => {
    const { pathname } = new URL(context.req.url);
    return toResponse(notFound(`There is nothing at ${pathname}. All paths begin with /api.`).answer);
  });
  return app;
}

/** What the sandbox knows at its start. */
export function storeOf({ seed, keep }: SandboxSettings, nowEpochMs: () => number): Store {
  return seededStore({ seed, nowEpochMs: nowEpochMs(), limit: keep });
}

async function respond(context: Context, route: Route, world: World): Promise<Response> {
  const { latencyMs } = world.settings;
  if (latencyMs > 0) await delay(latencyMs);
  try {
    return toResponse(await answer(context, route, world));
  } catch (problem) {
    if (problem instanceof Refusal) return toResponse(problem.answer);
    throw problem;
  }
}

async function answer({ req }: Context, route: Route, world: World): Promise<Answer> {
  const { store, settings, pace } = world;
  if (!route.open && world.errors() < settings.errorRatio) {
    throw new Refusal(503, 'unavailable', 'An error by chance, as the sandbox was asked for.');
  }
  const token = tokenOf(req.header('authorization'));
  if (!route.open) checkToken(token, world);
  if (route.method === 'GET' && Number(req.header('content-length') ?? 0) > 0)
    throw badRequest('A GET says what it wants in its address: its body is not read.');
  const body = parseBody(await req.text());
  const unheard = unheeded(Object.keys(req.header()), []);
  if (unheard.length > 0) throw badRequest(unheard.join(' '));
  refuseUnknown(route, req.queries(), body);
  const request = {
    params: req.param(),
    query: req.query(),
    body,
    token,
    nowEpochMs: world.nowEpochMs(),
    pace,
  };
  return route.handle(request, store);
}

/** The token of `Authorization: Bearer <token>`; the whole header if it is of another form, empty without one. */
function tokenOf(header: string | undefined): string {
  return header?.replace(/^bearer /i, '') ?? '';
}

function checkToken(token: string, { store, settings }: World): void {
  if (store.sessions.isOpen(token)) return;
  if (token) throw unauthorized('The bearer token is unknown or its session has ended.');
  if (settings.auth === 'required') {
    throw unauthorized('Log in with POST /api/auth/token and send "Authorization: Bearer <token>".');
  }
}

function parseBody(text: string): JsonObject {
  if (text === '') return {};
  if (text.length > bodyLimitBytes) {
    throw new Refusal(
      413,
      'too_large',
      `The body has ${text.length} characters; ${bodyLimitBytes} are allowed.`,
    );
  }
  const value = parseJson(text);
  if (!isJsonObject(value)) throw badRequest('The body must be a JSON object.');
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (problem) {
    throw badRequest(`The body is not JSON: ${messageOf(problem)}.`);
  }
}

function wrongMethod(path: string): Answer {
  const allow = routes.filter((route) => route.path === path).map(({ method }) => method);
  const message = `This path answers to ${allow.join(', ')} only.`;
  return new Refusal(405, 'method_not_allowed', message, { allow: allow.join(', ') }).answer;
}

function toResponse({ status, body, headers }: Answer): Response {
  if (!body) return new Response(null, { status });
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}
