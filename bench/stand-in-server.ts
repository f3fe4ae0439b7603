import { createServer } from 'node:http';

/**
 * A child process that answers every path with the text in its first argument, as JSON: what stands in where there
 * is no nginx. Sends its port to the parent; `/bench/status` tells what it has answered.
 */
const [answer = '{}'] = process.argv.slice(2);
let requests = 0;
let firstEpochMs: number | null = null;

const server = createServer({ keepAliveTimeout: 3_600_000 }, (request, response) => {
  response.setHeader('content-type', 'application/json');
  if (request.url === '/bench/status') {
    response.end(JSON.stringify({ requests, firstEpochMs }));
    return;
  }
  requests += 1;
  firstEpochMs ??= Date.now();
  response.end(answer);
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 16_384 }, () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
});
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => process.exit());
