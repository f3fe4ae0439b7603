import type { LogLevel, ScriptContext, ScriptPrevious, ScriptScope } from '../../model/script.ts';

/** A user in memory. */
export class TestScope implements ScriptScope {
  readonly variables = new Map<string, string>();
  readonly logged: [LogLevel, string][] = [];
  readonly properties: Record<string, string> = { host: '127.0.0.1' };
  prev: ScriptPrevious | null = answer();
  data: unknown = undefined;
  readonly ctx: ScriptContext = {
    threadName: 'Users 1-3',
    threadNumber: 3,
    threadGroupName: 'Users',
    samplerName: 'GET /',
  };

  get(variable: string): string | undefined {
    return this.variables.get(variable);
  }
  set(variable: string, value: string): void {
    this.variables.set(variable, value);
  }
  unset(variable: string): void {
    this.variables.delete(variable);
  }
  setProperty(name: string, value: string): void {
    this.properties[name] = value;
  }
  log(level: LogLevel, message: string): void {
    this.logged.push([level, message]);
  }
  random(): number {
    return 0.25;
  }
}

export function answer(body = '{"id":7,"name":"Zoë 🙂"}'): ScriptPrevious {
  return {
    code: '201',
    message: 'Created',
    ok: true,
    elapsedMs: 12.5,
    url: 'http://127.0.0.1/',
    bytesReceived: 99,
    text: () => body,
    header: (name) => (name === 'content-type' ? 'application/json' : undefined),
    headersText: () => 'HTTP/1.1 201 Created\n',
  };
}
