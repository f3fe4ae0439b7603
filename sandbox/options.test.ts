import { describe, expect, it } from 'vitest';
import { settingsOf } from './options.ts';

describe('options of the sandbox', () => {
  it('have defaults', () => {
    expect(settingsOf({ latencyMs: 5 })).toMatchObject({
      latencyMs: 5,
      errorRatio: 0,
      seed: 1,
      auth: 'required',
    });
  });

  it('out of range are told all at once', () => {
    const wrong = { latencyMs: -1, errorRatio: 2, port: 70_000 };
    expect(() => settingsOf(wrong)).toThrow(
      'sandbox.latencyMs must be at least 0, got -1.\n' +
        'sandbox.errorRatio must be from 0 to 1, got 2.\n' +
        'sandbox.port must be from 0 to 65535, got 70000.',
    );
  });
});
