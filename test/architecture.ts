import ts from 'typescript';

/** What a folder may do; the rest it may not. `uses` names folders, or single files of them. */
export interface Folder {
  readonly uses: readonly string[];
  /** npm packages for which this folder is the one door. */
  readonly packages?: readonly string[];
  /** No clock, no chance, no `node:*`, no process. */
  readonly pure?: boolean;
}

export type Table = Readonly<Record<string, Folder>>;

/** Source files by their path from the root. */
export type Sources = ReadonlyMap<string, string>;

const impure =
  /\b(?:Date\.now|Math\.random|performance\.|setTimeout|setInterval|setImmediate|queueMicrotask|process\.|console\.|globalThis)|new Date\(\)/;

/** Everything in the sources that the table does not allow, as sentences. */
export function violations(sources: Sources, table: Table): string[] {
  const imports = new Map([...sources].map(([file, text]) => [file, importsOf(file, text)]));
  return [
    ...[...sources].flatMap(([file, text]) => ofFile(file, text, imports.get(file) ?? [], table)),
    ...secondDoors(table),
    ...cycles(imports),
  ];
}

function ofFile(file: string, text: string, imports: readonly string[], table: Table): string[] {
  const folder = folderOf(file, table);
  const rules = folder === undefined ? undefined : table[folder];
  if (folder === undefined || !rules)
    return [`${file} lies in a folder that test/architecture.json does not list`];
  const found = imports.flatMap((target) => ofImport({ file, folder, target }, rules, table));
  const code = rules.pure ? impure.exec(withoutComments(text))?.[0] : undefined;
  return code ? [...found, `${file} is in a pure folder and uses ${code}`] : found;
}

function ofImport(
  { file, folder, target }: { file: string; folder: string; target: string },
  rules: Folder,
  table: Table,
): string[] {
  if (target.startsWith('node:'))
    return rules.pure ? [`${file} is in a pure folder and imports ${target}`] : [];
  if (!target.includes('/') || target.startsWith('npm:')) {
    const name = target.replace('npm:', '');
    return rules.packages?.includes(name)
      ? []
      : [`${file} imports the package ${name}, for which ${folder} is not the door`];
  }
  const to = folderOf(target, table);
  if (to === folder || (to !== undefined && rules.uses.includes(to)) || rules.uses.includes(target))
    return [];
  return [`${file} imports ${target}, which ${folder} may not`];
}

function secondDoors(table: Table): string[] {
  const doors = new Map<string, string>();
  return Object.entries(table).flatMap(([folder, { packages = [] }]) =>
    packages.flatMap((name) => {
      const first = doors.get(name);
      doors.set(name, first ?? folder);
      return first ? [`the package ${name} has two doors: ${first} and ${folder}`] : [];
    }),
  );
}

/** Every import of a file, types included: paths from the root, `node:…`, or `npm:<package>`. */
function importsOf(file: string, text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => {
    if (fileName.startsWith('.')) return new URL(fileName, `file:///${file}`).pathname.slice(1);
    if (fileName.startsWith('node:')) return fileName;
    const parts = fileName.split('/');
    return `npm:${fileName.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '')}`;
  });
}

function folderOf(file: string, table: Table): string | undefined {
  return Object.keys(table)
    .filter((folder) => file.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** Each cycle once, as `a → b → a`. */
function cycles(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]) => {
    const from = path.indexOf(file);
    if (from >= 0) {
      found.add(`import cycle: ${[...path.slice(from), file].join(' → ')}`);
      return;
    }
    if (done.has(file)) return;
    for (const target of imports.get(file) ?? []) if (imports.has(target)) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return [...found];
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
}
