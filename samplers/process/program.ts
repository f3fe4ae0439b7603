import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/**
 * Why a program cannot be run, or null: looked for as `execvp` does, in `PATH` unless its name has a slash. Asked before,
 * because a shell tells it only as exit code 126 or 127, which a command may end with itself.
 */
export function programMistake(program: string, folder: string, path: string): string | null {
  if (program.includes('/')) return fileMistake(resolve(folder, program), program);
  const found = path.split(delimiter).some((place) => isProgram(join(resolve(folder, place), program)));
  return found ? null : `there is no program "${program}" in PATH (${path})`;
}

function fileMistake(path: string, program: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return `there is no program "${program}": ${path} does not exist`;
  return isProgram(path) ? null : `"${program}" is not a program that may be run: chmod +x ${path}`;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
