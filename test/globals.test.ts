import { expect, it } from 'vitest';

it('a browser’s globals are unknown, to the type check too', () => {
  // @ts-expect-error: fails the type check when a package brings in the types of a browser.
  expect(typeof document).toBe('undefined');
});
