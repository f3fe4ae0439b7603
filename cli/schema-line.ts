import { dirname, join, relative, resolve, sep } from 'node:path';

/**
 * The comment that makes editors check a plan: where the schema lies, as seen from the plan, when both are of one project
 * (`./node_modules/loadplan/…`); else the whole path.
 */
export function schemaLine(planFile: string, packageRoot: string): string {
  const schema = join(packageRoot, 'schemas', 'plan.schema.json');
  const project = packageRoot.split(`${sep}node_modules${sep}`)[0] ?? packageRoot;
  const folder = dirname(resolve(planFile));
  const isInside = folder === project || folder.startsWith(project + sep);
  const path = isInside ? relative(folder, schema) : schema;
  const shown = path.replaceAll(sep, '/');
  return `# yaml-language-server: $schema=${isInside && !shown.startsWith('.') ? './' : ''}${shown}`;
}
