let passed = 0;
let failed = 0;

/** Says whether one thing is as it should be, and counts it. `found` is said only if it is not. */
export function check(title, isSo, found = '') {
  if (isSo) passed++;
  else failed++;
  console.log(isSo ? `  ok      ${title}` : `  FAILED  ${title}${found === '' ? '' : `: ${found}`}`);
}

/** Prints the counts, as the last line, and sets the exit code. */
export function sum() {
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}
