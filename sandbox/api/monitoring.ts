import { severities } from '../seed/quality.ts';
import { uuid } from '../random.ts';
import { success } from './answers.ts';
import { checkBody } from './body.ts';
import { getOf, listOf, updateOf } from './resource.ts';
import type { Resource } from './resource.ts';
import type { Route } from './route.ts';
import { settingsRoutes } from './system.ts';

const alerts: Resource = {
  path: '/monitoring/alerts',
  kind: 'alerts',
  filters: { equal: { status: 'status', severity: 'severity', pipeline_id: 'pipeline_id' } },
  body: { fields: { status: 'text', severity: severities, message: 'text' } },
  example: { status: 'acknowledged' },
};

const metrics: Resource = {
  path: '/monitoring/metrics',
  kind: 'metrics',
  filters: { equal: { name: 'name', pipeline_id: 'pipeline_id' } },
};

const dashboards: Resource = { path: '/monitoring/dashboards', kind: 'dashboards' };

/** Alerts, metrics, dashboards and how people are told. */
export const monitoringRoutes: readonly Route[] = [
  listOf(alerts),
  getOf(alerts),
  updateOf(alerts),
  listOf(metrics),
  getOf(metrics),
  listOf(dashboards),
  getOf(dashboards),
  ...settingsRoutes('/monitoring/notifications/settings', 'notifications', { sms: true }),
  {
    method: 'POST',
    path: '/monitoring/notifications/test',
    summary: 'Send a test notification',
    statuses: [202],
    shape: 'data',
    example: { channel: 'email' },
    fields: ['channel', 'message'],
    handle: ({ body }, store) => {
      const fields = { channel: ['email', 'teams', 'sms'], message: 'text' } as const;
      checkBody(body, { required: ['channel'], fields }, store);
      return success({ ...body, notification_id: uuid(store.random), status: 'queued' }, 202);
    },
  },
];
