import { describe, expect, it } from 'vitest';
import type { CompiledGroup } from '../model/compiled-plan.ts';
import type { LiveLoad } from '../model/live-load.ts';
import { LoadControl } from './load-control.ts';

const group = (name: string, number: number, given: Partial<CompiledGroup> = {}) =>
  ({ name, number, phase: 'main', threads: 4, ...given }) as CompiledGroup;

function control() {
  const clock = { nowEpochMs: 100 };
  const sent: LiveLoad[] = [];
  const reopened: string[] = [];
  const groups = [
    group('setUp', 1, { phase: 'setUp' }),
    group('Users', 1),
    group('Twins', 2),
    group('Twins', 3),
    group('Early', 4),
  ];
  const load = new LoadControl({
    plan: { groups },
    phases: {
      hasEnded: (index) => groups[index]?.name === 'Early',
      reopen: (index, revision) => reopened.push(`${index}: ${revision}`),
    },
    nowEpochMs: () => clock.nowEpochMs,
    redact: (text) => text.replace('hunter2', '***'),
    send: (one) => sent.push(one),
  });
  return { load, sent, reopened, clock };
}

describe('the load while it runs', () => {
  it('is paused and goes on; doing so twice changes nothing', () => {
    const { load, sent, clock } = control();
    load.resume();
    load.pause('look at hunter2');
    load.pause();
    clock.nowEpochMs = 150;
    load.resume();
    load.resume();
    expect(sent.map(({ pauses }) => pauses)).toEqual([
      [{ fromEpochMs: 100, toEpochMs: null }],
      [{ fromEpochMs: 100, toEpochMs: 150 }],
    ]);
    expect(load.result()).toEqual({
      actions: [
        { atEpochMs: 100, action: 'pause', reason: 'look at ***' },
        { atEpochMs: 150, action: 'resume' },
      ],
    });
  });

  it('has more and fewer users, and groups that are disabled', () => {
    const { load, sent, reopened } = control();
    for (const threads of [4, 6, 2, 5]) load.setThreads('Users', threads);
    load.setEnabled('Twins 3', true);
    load.setEnabled('Twins 3', false);
    expect(
      sent
        .at(-1)
        ?.groups.map(({ threads, ramped, isEnabled, revision }) => [threads, ramped, isEnabled, revision]),
    ).toEqual([
      [4, 4, true, 0],
      [5, 2, true, 3],
      [4, 4, true, 0],
      [4, 4, false, 0],
      [4, 4, true, 0],
    ]);
    expect(reopened).toEqual(['1: 1', '1: 2', '1: 3']);
    expect(load.result().actions?.map(({ action, group, threads }) => [action, group, threads])).toEqual([
      ['setThreads', 'Users', 6],
      ['setThreads', 'Users', 2],
      ['setThreads', 'Users', 5],
      ['disable', 'Twins 3', undefined],
    ]);
  });

  it.each([
    [
      'User',
      1,
      'the load has no thread group "User". Did you mean "Users"? Thread groups that can be changed: "Users", "Twins".',
    ],
    [
      'setUp',
      1,
      '"setUp" is not part of the load, and cannot be changed. Thread groups that can be changed: "Users", "Twins".',
    ],
    ['Early', 1, 'the thread group "Early" has ended. Thread groups that can be changed: "Users", "Twins".'],
    ['Twins', 1, 'several thread groups are called "Twins". Write "Twins 2" or "Twins 3".'],
    ['Users', -1, /from 0 to 1000000 for the thread group "Users", found -1/],
    ['Users', 1.5, /found 1.5/],
    ['Users', NaN, /found NaN/],
    ['Users', 1_000_001, /found 1000001/],
  ])('"%s" cannot have %d users', (name, threads, text) => {
    const { load, sent } = control();
    expect(() => load.setThreads(name, threads)).toThrow(text);
    expect([sent, load.result()]).toEqual([[], {}]);
  });

  it('cannot be changed once it is over; a pause of it ends with it', () => {
    const { load, sent, clock } = control();
    load.pause();
    load.close('the run is being stopped');
    load.resume();
    expect(() => load.setEnabled('Users', false)).toThrow(
      'the load cannot be changed any more: the run is being stopped',
    );
    clock.nowEpochMs = 180;
    load.end();
    load.pause();
    expect(sent.at(-1)?.pauses).toEqual([{ fromEpochMs: 100, toEpochMs: 180 }]);
    expect(load.result().actions).toHaveLength(1);
  });
});
