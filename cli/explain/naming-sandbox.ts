import { unknownOrigin, unknownPid } from '../../sandbox/variables.ts';

/** What stands for the sandbox while it has not been started, and its name in plans; also as an address is written into a query. */
const names: readonly (readonly [found: string, name: string])[] = [
  ...[
    (text: string) => text,
    encodeURIComponent,
    (text: string) => encodeURIComponent(encodeURIComponent(text)),
  ].flatMap((written) => [
    [written(`${unknownOrigin}/api`), '${sandbox.api}'] as const,
    [written(unknownOrigin), '${sandbox.url}'] as const,
  ]),
  [String(unknownPid), '${sandbox.pid}'],
];

/** `${sandbox.api}` where the address stands that the sandbox will have. */
export function namingSandbox(line: string): string {
  return names.reduce((text, [found, name]) => text.replaceAll(found, name), line);
}
