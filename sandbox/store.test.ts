import { describe, expect, it } from 'vitest';
import { nouns } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { seededStore } from './store.ts';

const kinds = Object.keys(nouns) as Kind[];
const nowEpochMs = Date.UTC(2026, 0, 1);
const contents = (seed: number) => {
  const store = seededStore({ seed, nowEpochMs });
  return kinds.map((kind) => [kind, [...store.of(kind).all()]] as const);
};

describe('the seeded data', () => {
  it('are the same for the same seed and others for another', () => {
    expect(contents(1)).toEqual(contents(1));
    expect(contents(1)).not.toEqual(contents(2));
  });

  it('hold something of every kind but feedback, and no id twice', () => {
    const sizes = Object.fromEntries(contents(1).map(([kind, items]) => [kind, items.length]));
    expect(Object.keys(sizes).filter((kind) => sizes[kind] === 0)).toEqual(['feedback']);
    const ids = contents(1).flatMap(([, items]) => items.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refer only to what is there', () => {
    const store = seededStore({ seed: 3, nowEpochMs });
    const links = [
      ['pipelines', 'source_id', 'sources'],
      ['executions', 'pipeline_id', 'pipelines'],
      ['validations', 'rule_id', 'rules'],
      ['actions', 'pattern_id', 'patterns'],
      ['healings', 'issue_id', 'issues'],
      ['healings', 'action_id', 'actions'],
    ] as const;
    for (const [kind, field, target] of links) {
      for (const { fields } of store.of(kind).all()) {
        expect(store.of(target).get(fields[field] as string), `${kind}.${field}`).toBeDefined();
      }
    }
  });

  it('lie in the past', () => {
    const late = contents(1).flatMap(([, items]) =>
      items.filter(({ run }) => run && run.endEpochMs > nowEpochMs),
    );
    expect(late).toEqual([]);
  });
});

describe('a full store', () => {
  it('drops the oldest created things and keeps the newest and the seeded ones', () => {
    const sources = seededStore({ seed: 1, nowEpochMs, limit: 3 }).of('sources');
    const seeded = [...sources.all()].map(({ id }) => id);
    const created = Array.from({ length: 5 }, () => sources.create({}, nowEpochMs).id);
    expect([...sources.all()].map(({ id }) => id)).toEqual([...seeded, ...created.slice(2)]);
    expect(sources.size).toBe(seeded.length + 3);
    expect(sources.get(created[0]!)).toBeUndefined();
  });
});
