import { BigQuery } from '@google-cloud/bigquery';
import { OAuth2Client } from 'google-auth-library';

/** The official client, pointed at the sandbox or an emulator. */
export function officialClient(origin: string, projectId = 'sandbox-project'): BigQuery {
  const authClient = new OAuth2Client();
  authClient.setCredentials({ access_token: 'sandbox' });
  return new BigQuery({
    projectId,
    apiEndpoint: origin,
    authClient: authClient as never,
    retryOptions: { autoRetry: false },
  });
}
