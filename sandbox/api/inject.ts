import { view } from '../collection.ts';
import type { Entity } from '../collection.ts';
import type { JsonObject } from '../json.ts';
import type { Progress } from '../progress.ts';
import { healsItself } from '../store.ts';
import type { Store } from '../store.ts';
import { success } from './answers.ts';
import { checkBody, fieldNames } from './body.ts';
import { issueRules } from './issue-rules.ts';
import type { ApiRequest, Route } from './route.ts';

/**
 * Puts an issue into the pipeline, as a fault would: it is `injected` until the monitor detects it after
 * `detectionMs`. Then it is `fixing` until it is `resolved` after `healingMs` more; or it stays `open`, where
 * self-healing is switched off (`self_healing_enabled` of the features, or `autonomous_mode: manual` or `disabled` of healing).
 */
export const injectRoute: Route = {
  method: 'POST',
  path: '/healing/inject',
  summary: 'Put an issue into the pipeline, to be detected and healed',
  statuses: [202, 404],
  shape: 'data',
  fields: fieldNames(issueRules),
  example: { issue_type: 'data_quality', severity: 'high', pipeline_id: '$pipelines' },
  handle: (request, store) => {
    checkBody(request.body, issueRules, store);
    return success(view(inject(request, store), request.nowEpochMs), 202);
  },
};

function inject({ body, nowEpochMs, pace }: ApiRequest, store: Store): Entity {
  const { detectionMs, healingMs } = pace;
  const heals = healsItself(store);
  const untilEpochMs = nowEpochMs + detectionMs;
  const life: Progress = {
    startEpochMs: untilEpochMs,
    endEpochMs: heals ? untilEpochMs + healingMs : untilEpochMs,
    plannedMs: Math.max(1, healingMs),
    during: 'fixing',
    after: heals ? 'resolved' : 'open',
    before: { status: 'injected', untilEpochMs },
  };
  const injected_at = new Date(nowEpochMs).toISOString();
  const known: JsonObject = { severity: 'medium', ...body, trigger: 'injection', injected_at };
  const issue = store.of('issues').create(known, nowEpochMs, life);
  if (!heals) return issue;
  const work = {
    ...life,
    during: 'running',
    after: 'completed',
    before: { status: 'pending', untilEpochMs },
  };
  const healing = { issue_id: issue.id, action_type: 'retry', successful: true };
  const healing_id = store.of('healings').create(healing, nowEpochMs, work).id;
  return store.of('issues').change(issue, { healing_id }, nowEpochMs);
}
