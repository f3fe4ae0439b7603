import type { JsonObject } from '../json.ts';
import { severities } from './quality.ts';

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

/** What settings may be that are one of a few words. */
export const settingWords: Readonly<Record<string, readonly string[]>> = {
  logging_level: ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'],
  autonomous_mode: ['manual', 'semi_automatic', 'automatic', 'disabled'],
  learning_mode: ['active', 'passive', 'disabled'],
  minimum_severity: severities,
};

export type SettingsName = 'system' | 'features' | 'healing' | 'notifications';
