import { describe, expect, it } from 'vitest';
import { refusedPort } from './refused-port.ts';

const failed = (code: string, syscall = 'listen') =>
  Object.assign(new Error(`${syscall} ${code}`), { code, syscall, port: 80 });

describe('refusedPort', () => {
  it.each([
    ['EADDRINUSE', 'port 80 is in use: '],
    ['EACCES', 'port 80 may not be used by this user: ports below 1024'],
    ['EADDRNOTAVAIL', 'port 80 cannot be had: '],
    ['ENFILE', 'port 80 cannot be used (ENFILE)'],
  ])('makes a sentence of %s', (code, beginning) => {
    expect(refusedPort(failed(code))?.startsWith(beginning)).toBe(true);
  });

  it.each([failed('EADDRINUSE', 'connect'), new Error('x'), 'x'])(
    'says nothing of another error',
    (error) => {
      expect(refusedPort(error)).toBeNull();
    },
  );
});
