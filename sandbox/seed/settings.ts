import type { JsonObject } from '../json.ts';

/** The settings that a sandbox starts with. */
export const startSettings: Readonly<Record<SettingsName, JsonObject>> = {
  system: {
    scheduler_enabled: true,
    default_timeout: 300,
    max_retries: 3,
    logging_level: 'INFO',
    notification_channels: ['email', 'teams'],
  },
  features: {
    self_healing_enabled: true,
    predictive_alerts: true,
    auto_optimization: false,
    advanced_analytics: false,
  },
  healing: {
    autonomous_mode: 'semi_automatic',
    confidence_threshold: 0.85,
    max_retry_attempts: 3,
    learning_mode: 'active',
  },
  notifications: { email: true, teams: true, sms: false, minimum_severity: 'medium' },
};

export type SettingsName = 'system' | 'features' | 'healing' | 'notifications';
