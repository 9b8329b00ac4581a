// @azure/arm-recoveryservicesbackup, as its documentation shows it.
import { RecoveryServicesBackupClient } from '@azure/arm-recoveryservicesbackup';
import { last_two_weeks, lister } from './rows.mjs';

/** The pages of a vault's list. */
export function sdk_pages({ endpoint, vault }) {
  const [, , subscription, , group, , , , name] = vault.split('/');
  const credential = { getToken: async () => ({ token: 'token', expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const client = new RecoveryServicesBackupClient(credential, subscription, { endpoint, $host: endpoint, allowInsecureConnection: true });
  // Its own policy takes no http, not even on this machine: this one sets the same header.
  client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' });
  client.pipeline.addPolicy({
    name: 'token',
    async sendRequest(request, next) {
      const { token } = await credential.getToken();
      request.headers.set('Authorization', `Bearer ${token}`);
      return next(request);
    },
  });
  const filter = last_two_weeks();
  return () => client.backupJobs.list(name, group, { filter }).byPage();
}

export const open = async (where) => lister(sdk_pages(where));
