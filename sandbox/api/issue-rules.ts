import { issueTypes } from '../seed/healing.ts';
import { severities } from '../seed/quality.ts';
import type { BodyRules, FieldRule } from './body.ts';

/** What a request may say of a new issue. */
export const issueRules: BodyRules & { readonly fields: Readonly<Record<string, FieldRule>> } = {
  required: ['issue_type'],
  fields: {
    issue_type: issueTypes,
    severity: severities,
    description: 'text',
    object_name: 'text',
    table: 'text',
  },
  references: { pipeline_id: 'pipelines', execution_id: 'executions' },
};
