import { describe, expect, it } from 'vitest';
import { checkHttp } from './check.ts';

describe('checkHttp', () => {
  it.each([
    [{ url: 'http://127.0.0.1/' }, null],
    [{ baseUrl: '${api}', path: '/x', json: {} }, null],
    [{ path: 'https://127.0.0.1/x' }, null],
    [{ path: '${link}' }, null],
    [{ path: '/x' }, 'which server to ask'],
    [{ path: 'localhost:${port}/x' }, 'Did you mean "http://localhost:${port}/x"?'],
    [{ path: '10.0.0.1:${port}' }, 'Did you mean "http://10.0.0.1:${port}"?'],
    [{ baseUrl: 'http://a', path: 'item:${id}' }, null],
    [{}, 'which server to ask'],
    [{ baseUrl: 'x', json: {}, body: '' }, 'one body, found json and body'],
  ])('%j: %s', (config, message) => {
    if (message === null) expect(checkHttp(config, true)).toBeNull();
    else expect(checkHttp(config, true)).toContain(message);
  });

  it('does not miss a server in a plan of which parts are missing', () => {
    expect(checkHttp({ path: '/x' }, false)).toBeNull();
  });
});
