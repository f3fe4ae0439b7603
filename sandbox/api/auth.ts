import type { JsonObject } from '../json.ts';
import type { TokenPair } from '../sessions.ts';
import { success, unauthorized } from './answers.ts';
import { checkBody, textOf } from './body.ts';
import type { Answer, Route } from './route.ts';

/**
 * Logging in and out. The accounts: `test_admin` and `test_user` with the password `test_password`, and
 * `user_<n>` with `password_<n>`. Anything else is a 401.
 *
 * `POST /auth/token` and `/auth/login` are the same. `token` is another name for `access_token`. A refresh
 * ends the old pair of tokens, as a logout does.
 */
export const authRoutes: readonly Route[] = [
  loginRoute('/auth/token'),
  loginRoute('/auth/login'),
  {
    method: 'POST',
    path: '/auth/refresh',
    summary: 'A new pair of tokens for an old one',
    statuses: [200, 401],
    shape: 'flat',
    open: true,
    fields: ['refresh_token'],
    example: { refresh_token: '$refresh' },
    handle: ({ body }, store) => {
      checkBody(body, { required: ['refresh_token'], fields: { refresh_token: 'text' } }, store);
      const pair = store.sessions.refresh(textOf(body, 'refresh_token') ?? '');
      if (!pair) throw unauthorized('The refresh token is unknown or was used before. Log in again.');
      return tokens(pair);
    },
  },
  {
    method: 'POST',
    path: '/auth/logout',
    summary: 'End the session of the bearer token',
    statuses: [200, 401],
    shape: 'data',
    fields: [],
    handle: ({ token }, store) => success({ logged_out: store.sessions.end(token) }),
  },
];

function loginRoute(path: string): Route {
  return {
    method: 'POST',
    path,
    summary: 'Log in',
    statuses: [200, 401],
    shape: 'flat',
    open: true,
    fields: ['username', 'password'],
    example: { username: 'test_admin', password: 'test_password' },
    handle: ({ body }, store) => {
      const fields = { username: 'text', password: 'text' } as const;
      checkBody(body, { required: ['username', 'password'], fields }, store);
      if (!isAccount(body)) throw unauthorized('Unknown user or wrong password.');
      return tokens(store.sessions.open());
    },
  };
}

function isAccount(body: JsonObject): boolean {
  const username = textOf(body, 'username') ?? '';
  const password = textOf(body, 'password');
  if (username === 'test_admin' || username === 'test_user') return password === 'test_password';
  return /^user_\d+$/.test(username) && password === username.replace('user_', 'password_');
}

function tokens({ accessToken, refreshToken }: TokenPair): Answer {
  const body = {
    status: 'success',
    access_token: accessToken,
    token: accessToken,
    refresh_token: refreshToken,
    token_type: 'bearer',
  };
  return { status: 200, body };
}
