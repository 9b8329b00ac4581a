// A host's page with our element.
import 'azure-backup-jobs/register/jobs';
import { drawn, noted, where } from './first.mjs';

const element = Object.assign(document.createElement('azure-backup-jobs'), { endpoint: where.endpoint, vault: where.vault, getToken: () => 'token' });
const observer = new MutationObserver(() => {
  const rows = element.shadowRoot.querySelectorAll('[part=row]').length;
  if (rows > 0) noted();
  if (rows < 50) return;
  observer.disconnect();
  drawn();
});
observer.observe(element.shadowRoot, { childList: true, subtree: true });
document.body.append(element);
