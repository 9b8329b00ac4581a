// React 19 sets what an element has as properties, and listens to `on` and the event's own name.
import { type DetailedHTMLProps, type HTMLAttributes, StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { AzureBackupJobs, JobsSelectDetail } from 'azure-backup-jobs/register/jobs';
import 'azure-backup-jobs/register/jobs';

type Jobs = DetailedHTMLProps<HTMLAttributes<AzureBackupJobs>, AzureBackupJobs> &
  Partial<Pick<AzureBackupJobs, 'vault' | 'endpoint' | 'getToken' | 'filter' | 'density'>> & { 'onbackup-jobs-select'?: (event: CustomEvent<JobsSelectDetail>) => void };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'azure-backup-jobs': Jobs;
    }
  }
}

const asked = new URLSearchParams(location.search);
const getToken = () => 'simulated-token';

function Host() {
  const [job, setJob] = useState('');
  const [isThere, setThere] = useState(true);
  return (
    <>
      <button onClick={() => setThere(!isThere)}>{isThere ? 'away' : 'back'}</button>
      <p id="job">{job}</p>
      {isThere && <azure-backup-jobs vault={asked.get('vault') ?? ''} endpoint={asked.get('endpoint') ?? ''} getToken={getToken} density="compact" onbackup-jobs-select={({ detail }) => setJob(detail.job)} />}
    </>
  );
}

// @ts-expect-error A misspelt property is an error.
export const misspelt = <azure-backup-jobs vaults="" />;
// @ts-expect-error And so is one of another type.
export const mistyped = <azure-backup-jobs getToken={5} />;

createRoot(document.body.appendChild(document.createElement('main'))).render(
  <StrictMode>
    <Host />
  </StrictMode>,
);
