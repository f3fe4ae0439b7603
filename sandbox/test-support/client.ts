import { createApp } from '../app.ts';
import { settingsOf } from '../options.ts';
import type { StartOptions } from '../options.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed, and taken to be what the test looks for. Null at run time if the answer has no body. */
  readonly body: Body;
}

/** A thing as the API shows it. */
export interface Item {
  readonly id: string;
  readonly source_id: string;
  readonly pipeline_id: string;
  readonly issue_id: string;
  readonly healing_id: string;
  readonly status: string;
  readonly records_total: number;
  readonly records_processed: number;
  readonly [field: string]: unknown;
}

/** All that any answer may hold. */
export interface Body {
  readonly status: string;
  readonly data: Item & { readonly items: readonly Item[] };
  readonly metadata: { readonly total_items: number };
  readonly error: { readonly message: string };
  readonly access_token: string;
  readonly refresh_token: string;
}

export interface Client {
  /** Calls with the token of `test_admin`, or with `token`; an empty one sends no header. */
  readonly call: (method: string, path: string, body?: unknown, token?: string) => Promise<Reply>;
  /** Lets time pass. */
  readonly advance: (ms: number) => void;
}

/** The sandbox without a network and with a clock of its own, which begins at the start of 2026. */
export async function client(options: StartOptions = {}): Promise<Client> {
  let nowEpochMs = Date.UTC(2026, 0, 1);
  const app = createApp(settingsOf(options), () => nowEpochMs);
  const send = async (method: string, path: string, body?: unknown, token = ''): Promise<Reply> => {
    const text = typeof body === 'string' ? body : body === undefined ? null : JSON.stringify(body);
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    const response = await app.request(`/api${path}`, { method, headers, body: text });
    const answer = await response.text();
    return { status: response.status, headers: response.headers, body: JSON.parse(answer || 'null') as Body };
  };
  const admin = await send('POST', '/auth/token', { username: 'test_admin', password: 'test_password' });
  return {
    call: (method, path, body, token = admin.body.access_token) => send(method, path, body, token),
    advance: (ms) => {
      nowEpochMs += ms;
    },
  };
}
