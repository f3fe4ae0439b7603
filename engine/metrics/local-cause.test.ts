import { expect, it } from 'vitest';
import { localCause } from './local-cause.ts';

it.each([
  [
    'local.fd_exhausted: the load generator, not the server, is at fault: it may open no more files',
    'local.fd_exhausted',
  ],
  [
    "embedded: 1 of the page's resources failed, first http://a/: local.ports_exhausted: the load generator",
    'local.ports_exhausted',
  ],
  ["EMFILE: too many open files, open 'data/rows.csv'", 'local.fd_exhausted'],
  ['process.start: spawn /bin/sh EAGAIN', 'local.memory_exhausted'],
  ['spawn make ENOENT', null],
  ['connect.refused: 127.0.0.1:9 refused the connection.', null],
  ['expected status 200, found 500: EMFILE on the server', null],
  ['', null],
])('%s', (failure, cause) => {
  expect(localCause(failure)).toBe(cause);
});
