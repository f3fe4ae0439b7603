// Writes what is generated from the code: the schema for editors and the pages of the plan language.
import { writeFileSync } from 'node:fs';
import { schemaText } from '../dist/cli/commands/schema.js';
import { planLanguage } from '../dist/cli/docs/markdown.js';

const root = new URL('../', import.meta.url);
writeFileSync(new URL('schemas/plan.schema.json', root), schemaText());
writeFileSync(new URL('docs/plan-language.md', root), planLanguage());
