import type { CRC32CValidator, Storage } from '@google-cloud/storage';
import { Crc32c } from '../../engine/checksum/crc32c.ts';
import type { Call } from './call.ts';
import { clientRequests } from './client-requests.ts';
import { gaxiosAdapter } from './gaxios-adapter.ts';
import { isPassingError } from './retried.ts';
import type { GcsConfig } from './schema.ts';

const googlesOrigin = 'https://storage.googleapis.com';

/** Where the requests of an operation go. */
export function originOf({ options: { target } }: Call): string {
  return target.endpoint ?? googlesOrigin;
}

/**
 * The official client for one operation, on the connections of the call.
 *
 * It is made anew for each: it keeps nothing between operations, and changes its own retry options while it works, so that
 * users who share one would disturb each other. Its requests go through the call (`makeAuthenticatedRequest`, and gaxios' adapter for
 * resumable uploads) because its own transport neither ends in time nor keeps users apart (decision 28).
 */
export async function storageFor(call: Call, config: GcsConfig): Promise<Storage> {
  const [library, auth] = await Promise.all([import('@google-cloud/storage'), import('google-auth-library')]);
  const origin = originOf(call);
  const { retries } = config;
  const project = config.project ?? '';
  const storage = new library.Storage({
    apiEndpoint: origin,
    // Never asked: the call adds the headers that say who asks.
    authClient: new auth.OAuth2Client(),
    ...(project === '' ? {} : { projectId: project }),
    crc32cGenerator: () => new CheckedCrc32c(),
    retryOptions: {
      autoRetry: retries > 0,
      maxRetries: retries,
      idempotencyStrategy: library.IdempotencyStrategy.RetryAlways,
      retryableErrorFn: (error) => {
        const isRetried = call.retries < retries && isPassingError(error);
        if (isRetried) call.retries += 1;
        return isRetried;
      },
    },
  });
  const adapter = gaxiosAdapter(call, config.chunkSize !== undefined);
  return Object.assign(storage, {
    makeAuthenticatedRequest: clientRequests(call, { retries, project }),
    interceptors: [{ request: (options: object) => ({ ...options, adapter }) }],
    // The environment may have made another one of it (STORAGE_EMULATOR_HOST); what the plan says counts.
    baseUrl: `${origin}/storage/v1`,
  });
}

/** CRC32C as the client's checks take it: native, sixty times as fast as the client's own. */
export class CheckedCrc32c extends Crc32c implements CRC32CValidator {
  validate(expected: string): boolean {
    return expected === this.base64();
  }

  override toString(): string {
    return this.base64();
  }
}
