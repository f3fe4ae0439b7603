#!/usr/bin/env node
import { readFileSync, writeSync } from 'node:fs';

/** With more than this the command starts; with fewer it may, but if it does not, they are the reason. */
const plentyOfFiles = 1024;
/** With fewer no Node that we know starts a worker; newer ones read the program before they fail. */
const fewestFiles = 40;

/**
 * The first file of the command. It imports nothing of ours until it runs: where the system allows very few open files,
 * the rest cannot be read, and Node would answer with a stack trace.
 */
const allowed = openFilesAllowed();
if (allowed < fewestFiles) refuse();
try {
  const { runProgram } = await import('./program.ts');
  await runProgram(process.argv.slice(2));
} catch (error) {
  // Which file could not be read, and how that is called, differs: EMFILE, or "cannot find package".
  if (allowed >= plentyOfFiles) throw error;
  refuse();
}

function refuse(): never {
  writeSync(
    2,
    `plan cannot start: this process may open only ${allowed} files (ulimit -n), too few to read the program itself. ` +
      'Allow more, for example with: ulimit -n 4096\n',
  );
  process.exit(104);
}

/** The soft limit of open files; infinite where there is none, or none that can be read. */
function openFilesAllowed(): number {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    return Number(/^Max open files +(\d+)/m.exec(limits)?.[1] ?? Infinity);
  } catch (error) {
    // Not even one more file: Node itself has about twenty open.
    return error instanceof Error && 'code' in error && error.code === 'EMFILE' ? 20 : Infinity;
  }
}
