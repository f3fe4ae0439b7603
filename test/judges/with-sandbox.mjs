/**
 * Starts the sandbox and runs a command against it, which Google's emulator variables point there:
 * `node test/judges/with-sandbox.mjs python3 test/judges/google-clients.py`. Ends with the command's exit code.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const main = new URL('../../dist/cli/main.js', import.meta.url).pathname;
const [command, ...args] = process.argv.slice(2);
const sandbox = spawn(process.execPath, [main, 'sandbox'], { stdio: ['ignore', 'pipe', 'inherit'] });
try {
  const url = await urlOf(sandbox.stdout);
  const env = {
    ...process.env,
    SANDBOX_URL: url,
    STORAGE_EMULATOR_HOST: url,
    BIGQUERY_EMULATOR_HOST: url,
  };
  const [code] = await once(spawn(command, args, { stdio: 'inherit', env }), 'close');
  process.exitCode = code ?? 1;
} finally {
  sandbox.kill();
}

/** The address that the sandbox says when it listens. */
async function urlOf(stream) {
  let text = '';
  for await (const piece of stream) {
    text += piece;
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
    if (found) return found[0];
  }
  throw new Error(`The sandbox said no address: ${text}`);
}
