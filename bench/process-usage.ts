import { readdirSync, readFileSync } from 'node:fs';

/**
 * CPU time that all living threads of a process have used, in microseconds.
 *
 * From `/proc/<pid>/task/<tid>/schedstat`, whose first number is nanoseconds on a CPU (Linux, `sched-stats.rst`);
 * `/proc/<pid>/stat` only counts ticks of 10 ms. Threads that have ended are not included: take both readings while
 * the process is at work.
 */
export function cpuUs(pid: number): number {
  const folder = `/proc/${pid}/task`;
  const threads = readdirSync(folder).map((thread) => readFileSync(`${folder}/${thread}/schedstat`, 'utf8'));
  return threads.reduce((sum, text) => sum + Number(text.split(' ', 1)[0]) / 1000, 0);
}

/** Memory of a process that is in RAM now, in KiB. */
export function rssKib(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1] ?? NaN);
}
