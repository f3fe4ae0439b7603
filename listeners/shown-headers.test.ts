import { expect, it } from 'vitest';
import { shownHeaders } from './shown-headers.ts';

it.each([
  'Authorization',
  'Proxy-Authorization',
  'Cookie',
  'set-cookie',
  'X-Api-Key',
  'api-key',
  'apikey',
  'X-Goog-Api-Key',
  'X-Auth-Token',
  'X-Access-Token',
  'X-Amz-Security-Token',
  'X-Vault-Token',
  'PRIVATE-TOKEN',
  'X-Functions-Key',
  'Ocp-Apim-Subscription-Key',
  'X-Goog-Signature',
  'Client-Secret',
])('%s gives access: its value is not shown', (name) => {
  expect(shownHeaders([[name, 'abc']], (text) => text)).toEqual([`${name}: ***`]);
});

it.each(['Content-Type', 'X-Key', 'Idempotency-Key', 'X-Request-Id', 'ETag', 'x-bigquery-job-id'])(
  '%s is shown',
  (name) => {
    expect(shownHeaders([[name, 'abc']], (text) => text)).toEqual([`${name}: abc`]);
  },
);
