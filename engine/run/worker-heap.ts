const [leastMb, mostMb] = [256, 4096];
const bytesPerMb = 2 ** 20;

/**
 * How large the heap of a worker may grow. A worker that reaches its limit is ended and replaced; without one, the
 * system ends the whole process, and what was measured with it. All heaps together stay within three quarters of what
 * there is. `allowedBytes` is what a container allows; 0, or more than there is: no limit.
 */
export function heapMbFor(
  workers: number,
  { totalBytes, allowedBytes }: { readonly totalBytes: number; readonly allowedBytes: number },
): number {
  const bytes = allowedBytes > 0 ? Math.min(totalBytes, allowedBytes) : totalBytes;
  const shareMb = Math.floor((bytes * 0.75) / (workers + 1) / bytesPerMb);
  return Math.max(leastMb, Math.min(mostMb, shareMb));
}
