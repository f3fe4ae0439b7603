import { describe, expect, it } from 'vitest';
import { Rates } from './rates.ts';

describe('Rates', () => {
  it('are what was added per second, from the second time on', () => {
    const rates = new Rates();
    expect(rates.perSecond(1000, { sent: 500, read: 7 })).toEqual({});
    expect(rates.perSecond(3000, { sent: 700, read: 7 })).toEqual({ sent: 100, read: 0 });
    expect(rates.perSecond(3500, { sent: 800, read: 8 })).toEqual({ sent: 200, read: 2 });
  });

  it('leave out what is new and what has shrunk', () => {
    const rates = new Rates();
    rates.perSecond(0, { sent: 500 });
    expect(rates.perSecond(1000, { sent: 20, read: 7 })).toEqual({});
    expect(rates.perSecond(2000, { sent: 50, read: 9 })).toEqual({ sent: 30, read: 2 });
  });

  it('wait until enough time has passed to tell something, and lose nothing', () => {
    const rates = new Rates();
    rates.perSecond(0, { ticks: 0 });
    expect(rates.perSecond(49, { ticks: 5 })).toEqual({});
    expect(rates.perSecond(1000, { ticks: 50 })).toEqual({ ticks: 50 });
  });

  it('begin anew when told to', () => {
    const rates = new Rates();
    rates.perSecond(0, { ticks: 0 });
    rates.restart();
    expect(rates.perSecond(1000, { ticks: 50 })).toEqual({});
  });
});
