/** English, the catalogue the others are held to. Words of the service itself (statuses we do not know, error texts) are never in here. */
import type { ContactState, ErrorCode, JobErrorCode, JobState } from './keys.ts';

export const en = {
  locale: 'en',

  jobState: {
    unknown: 'Unknown status',
    'not-started': 'Not started',
    'in-progress': 'Running',
    cancelling: 'Cancelling',
    completed: 'Completed',
    'completed-with-warnings': 'Completed with warnings',
    failed: 'Failed',
    cancelled: 'Cancelled',
  } satisfies Record<JobState, string>,

  managementType: {
    AzureIaasVM: 'Azure VM',
    AzureStorage: 'File share',
    AzureWorkload: 'Workload in Azure VM',
    AzureSql: 'Azure SQL',
    MAB: 'Recovery Services agent',
    DPM: 'DPM',
    AzureBackupServer: 'Azure Backup Server',
  } as Readonly<Record<string, string>>,
  workloadType: {
    SQLDataBase: 'SQL in Azure VM',
    SAPHanaDatabase: 'SAP HANA in Azure VM',
    'Microsoft.Compute/disks': 'Azure disk',
    'Microsoft.Storage/storageAccounts/blobServices': 'Azure blobs',
    'Microsoft.DBforPostgreSQL/servers/databases': 'PostgreSQL',
    'Microsoft.DBforPostgreSQL/flexibleServers': 'PostgreSQL',
    'Microsoft.ContainerService/managedClusters': 'Kubernetes cluster',
  } as Readonly<Record<string, string>>,

  operation: {
    Backup: 'Backup',
    'Backup (Full)': 'Full backup',
    Restore: 'Restore',
    'Restore (Full)': 'Full restore',
    ConfigureBackup: 'Configure backup',
    DisableBackup: 'Stop protection',
    DeleteBackupData: 'Delete backup data',
    CrossRegionRestore: 'Cross-region restore',
    Undelete: 'Undelete',
    MoveRecoveryPoint: 'Move recovery point',
    RestoreWithRehydrate: 'Restore from archive',
    Register: 'Register',
    UnRegister: 'Unregister',
    UpdateCustomerManagedKey: 'Update encryption key',
  } as Readonly<Record<string, string>>,

  freshness: {
    asking: 'Asking…',
    updated: (ago: string) => `Updated ${ago}`,
    updatedNow: 'Updated just now',
    next: (inTime: string) => `next ${inTime}`,
    never: 'Not read yet',
    final: 'Final. Polling has ended.',
    stale: (ago: string) => `Shown as of ${ago}`,
    clockAhead: (by: string) => `this computer’s clock is ${by} ahead of Azure’s`,
    clockBehind: (by: string) => `this computer’s clock is ${by} behind Azure’s`,
  },

  contact: {
    none: 'Not asked yet',
    fresh: 'Up to date',
    retrying: 'Could not ask',
    throttled: 'Throttled',
    offline: 'Offline',
    'waiting-for-token': 'Waiting for sign-in',
    'sign-in': 'Sign in again',
    stopped: 'Stopped',
    ended: 'Ended',
    paused: 'Paused',
  } satisfies Record<ContactState, string>,

  /** What a trouble with asking means, and what happens next. It never speaks of the job's own outcome. */
  trouble: {
    offline: 'This browser is offline. What is shown stays, and asking resumes by itself as soon as the network is back.',
    'waiting-for-token': 'The sign-in has not answered yet. Asking goes on as soon as it does; you can also try again.',
    throttled: 'The service allows only so many requests an hour: asking goes on as soon as it may. The job itself is not affected.',
    retry: 'It says nothing about the job itself. The next attempt comes by itself.',
    stopped: 'Nothing more is asked until you try again.',
  },

  /** What following one job may meet besides stands in en_job.ts. */
  error: {
    'resource-id-malformed': 'This is not a well-formed resource id.',
    'url-refused': 'This address is not on the Azure endpoint that this page uses. Nothing was sent to it.',
    'endpoint-refused': 'The endpoint has to be an https origin.',
    'filter-refused': 'This cannot be asked as a filter.',
    offline: 'Offline.',
    network: 'The service could not be reached.',
    'timed-out': 'The service did not answer in time.',
    'token-failed': 'No token could be had for asking.',
    'token-invalid': 'The token is not one: it may have been pasted with line breaks or quotes.',
    'sign-in-needed': 'Azure refused the sign-in twice. A fresh token is needed.',
    forbidden: 'You may not read this. “Backup Reader” would be enough, on Backup vaults “Reader”.',
    'not-found': 'Azure does not know this. It may have been deleted, or it belongs to another vault.',
    throttled: 'Azure asked us to wait.',
    'service-failed': 'Azure could not answer just now.',
    'request-refused': 'Azure refused the request.',
    'answer-unreadable': 'Azure’s answer could not be read.',
    'list-unending': 'Azure’s list does not come to an end; the jobs read so far are shown.',
    redirected: 'The answer came from another address than Azure’s endpoint. It is not shown.',
  } satisfies Record<Exclude<ErrorCode, JobErrorCode>, string>,

  recommendations: 'Recommended actions',
  couldNotLoad: 'The engine could not be loaded.',
  secret: 'hidden: a secret of the service',
  serviceSaid: 'Azure said',
  correlation: (id: string) => `Correlation id ${id}`,
  detail: (text: string) => `Detail: ${text}`,

  action: {
    refresh: 'Refresh now',
    retry: 'Try again',
  },

  /** `<azure-backup-jobs>`. */
  list: {
    title: 'Backup jobs',
    vaults: (count: number) => (count === 1 ? '1 vault' : `${count} vaults`),
    counters: 'Show only jobs that are',
    counter: { failed: 'Failed', warnings: 'With warnings', running: 'Running', completed: 'Completed', other: 'Other' },
    /** Where there is little room. */
    state: { 'completed-with-warnings': 'Warnings', unknown: 'Unknown' } as Readonly<Record<string, string>>,
    column: { status: 'Status', item: 'Item', operation: 'Operation', start: 'Started', end: 'Ended', duration: 'Duration', error: 'What happened', code: 'Error', vault: 'Vault', type: 'Type' },
    search: 'Search items, ids, errors',
    operationFilter: 'Operation',
    all: 'All',
    period: 'Time',
    periods: { '': 'Any time', '1': 'Last 24 hours', '7': 'Last 7 days', '30': 'Last 30 days' } as Readonly<Record<string, string>>,
    group: 'Count by',
    none: 'Nothing',
    pill: (count: number) => (count === 1 ? '1 new job' : `${count} new jobs`),
    empty: 'There are no jobs in this time.',
    noMatch: 'No job matches.',
    loading: 'Reading the jobs…',
    rows: (total: string, all: string) => (total === all ? `${all} jobs` : `${total} of ${all} jobs`),
    covers: (since: string) => `all since ${since}`,
    reading: (since: string) => `reading back to ${since}…`,
    older: 'Read two more weeks',
    missing: 'Some older jobs could not be read',
    left: (range: string) => `${range} left`,
    notTold: 'Azure lists this job no more',
    more: 'Actions',
    ended: (item: string, status: string) => `${item}: ${status}`,
    endedMany: (count: number) => `${count} jobs have ended`,
  },
};

export type Messages = typeof en;
