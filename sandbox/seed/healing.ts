import type { Random } from '../../engine/model/ports.ts';
import { integer } from '../random.ts';
import { severities } from './quality.ts';
import { anyOf, decimal, inTurn } from './sow.ts';
import type { Sow } from './sow.ts';

/** Kinds of issues that the pipeline has from the start. */
const seededTypes = ['data_quality', 'pipeline_failure', 'performance'] as const;
/** All that it knows. The later ones are those that the healing of data and of runs tells apart. */
export const issueTypes = [
  ...seededTypes,
  'missing_values',
  'outliers',
  'format_errors',
  'resource_exhaustion',
  'timeout',
] as const;
export const actionTypes = ['data_correction', 'parameter_adjustment', 'resource_scaling', 'retry'] as const;

const modelTypes = ['issue_classifier', 'root_cause', 'confidence_scorer'] as const;

export function sowHealing(sow: Sow, random: Random, pipelines: readonly string[]): void {
  const issues = sow('issues', 40, (index) => ({
    fields: {
      pipeline_id: anyOf(random, pipelines),
      issue_type: inTurn(seededTypes, index),
      severity: inTurn(severities, integer(random, 0, 3)),
      description: `${inTurn(seededTypes, index)} seen by the monitor`,
      status: index % 4 === 3 ? 'resolved' : 'open',
    },
  }));
  const patterns = sow('patterns', 20, (index) => ({
    fields: {
      issue_type: inTurn(seededTypes, index),
      detection_pattern: { source: 'ingestion', message: `pattern ${index + 1}` },
      confidence: decimal(random, 0.7, 0.95),
      description: `pattern_${index + 1}`,
    },
  }));
  const actions = sow('actions', 24, (index) => ({
    fields: {
      pattern_id: anyOf(random, patterns),
      action_type: inTurn(actionTypes, index),
      parameters: { max_attempts: integer(random, 1, 5) },
      description: `action_${index + 1}`,
      active: index % 6 !== 5,
    },
  }));
  sow('healings', 30, (index) => ({
    fields: {
      issue_id: anyOf(random, issues),
      pattern_id: anyOf(random, patterns),
      action_id: anyOf(random, actions),
      successful: index % 8 !== 7,
    },
    work: { tookMs: integer(random, 800, 1600), status: index % 8 === 7 ? 'failed' : 'completed' },
  }));
  sow('models', 6, (index) => ({
    fields: {
      name: `model_${index + 1}`,
      model_type: inTurn(modelTypes, index),
      version: `1.${index}.0`,
      accuracy: decimal(random, 0.85, 0.99),
      status: 'serving',
    },
  }));
}
