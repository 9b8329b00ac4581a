/** English, for the views beside the list: protected items, and failures by their causes. Loaded with the first of them. */
export const en_views = {
  view: { label: 'View', jobs: 'Jobs', items: 'Items', failures: 'Failures', all: 'All vaults' },

  items: {
    title: 'Protected items',
    /** `count` of `total` items lack a good backup younger than `limit`, such as "26 hr". */
    lacking: (count: number, total: number, limit: string) =>
      total === 1 ? (count === 1 ? `The only item has no good backup in ${limit}` : `The only item has a good backup in ${limit}`) : count === 0 ? `All ${total} items have a good backup in ${limit}` : `${count} of ${total} items ${count === 1 ? 'has' : 'have'} no good backup in ${limit}`,
    /** The same where the service's own list of items may not be read: of the items that jobs were seen of. */
    seen: (count: number, total: number, limit: string, range: string) =>
      `${count} of ${total} ${total === 1 ? 'item' : 'items'} seen in the last ${range} ${count === 1 ? 'has' : 'have'} no good backup in ${limit}`,
    unknown: (count: number) => (count === 1 ? '1 item cannot be judged' : `${count} items cannot be judged`),
    notListed: 'The vault’s list of items could not be read: these are the items that its jobs name.',
    limit: 'Flag without a good backup in',
    limits: { '24': '24 hours', '26': '26 hours', '168': '7 days' } as Readonly<Record<string, string>>,
    limitOf: 'Limit for',
    allItems: 'all items',
    noOwnLimit: 'no limit of its own',
    /** A kind that has one: "File share: 7 days". */
    ownLimit: (kind: string, limit: string) => `${kind}: ${limit}`,
    /** As `lacking`, where not all items have the same limit. */
    lackingOwn: (count: number, total: number) =>
      total === 1 ? `The only item has ${count === 1 ? 'no' : 'a'} good backup within its limit` : count === 0 ? `All ${total} items have a good backup within their limits` : `${count} of ${total} items ${count === 1 ? 'has' : 'have'} no good backup within ${count === 1 ? 'its limit' : 'their limits'}`,
    /** `sort`: of backups, such as "Full backup". */
    lacksSort: (sort: string) => `${sort}: none within its limit`,
    column: { item: 'Item', type: 'Type', days: 'Last days', success: 'Last good backup', duration: 'Duration', state: 'State' },
    never: 'none seen',
    unknownAge: 'older than what was read',
    usually: (range: string) => `usually ${range}`,
    longer: (times: string) => `last run took ${times} times as long as usual`,
    shorter: (times: string) => `last run took ${times} of the usual time`,
    running: 'Runs now',
    noPlan: 'Not judged: its jobs are not listed',
    ambiguous: (count: number) => `One of ${count} items of this name: its jobs cannot be told apart`,
    gone: 'Not in the vault’s list of items any more',
    overdue: 'Overdue',
    fine: 'Protected',
    protectionState: {
      IRPending: 'Waits for its first backup',
      Protected: 'Protected',
      ProtectionError: 'Protection has an error',
      ProtectionStopped: 'Protection stopped',
      ProtectionPaused: 'Protection paused',
      BackupsSuspended: 'Backups suspended',
      NotProtected: 'Not protected',
      ConfiguringProtection: 'Protection is being set up',
      ProtectionConfigured: 'Protected',
      BackupSchedulesSuspended: 'Backups suspended',
      RetentionSchedulesSuspended: 'Retention suspended',
      ConfiguringProtectionFailed: 'Setting up protection failed',
      SoftDeleting: 'Being deleted',
      SoftDeleted: 'Deleted, can be restored',
      UpdatingProtection: 'Protection is being changed',
    } as Readonly<Record<string, string>>,
    softDeleted: (until: string) => (until ? `Deleted, can be restored until ${until}` : 'Deleted, can be restored'),
    policy: (name: string) => `Policy ${name}`,
    /** A day of the strip, for who hovers or hears it. */
    day: (date: string, outcome: string) => `${date}: ${outcome}`,
    outcome: { good: 'good backup', failed: 'failed', warned: 'with warnings', running: 'running', untold: 'no longer listed', cancelled: 'cancelled', absent: 'no backup', unread: 'not read yet' },
    empty: 'This vault protects nothing yet.',
    noMatch: 'No item matches.',
    search: 'Search items',
    all: 'All',
    onlyTrouble: 'Only what needs attention',
    showJobs: (item: string) => `Show the jobs of ${item}`,
    showHistory: (item: string) => `History of ${item}`,
    durations: 'How long its backups took',
    size: 'Size',
    keys: { open: 'Show the item’s jobs', history: 'Show the item’s history', back: 'Close the history' },
  },

  failures: {
    title: 'Failures by cause',
    summary: (causes: number, jobs: number) => `${jobs === 1 ? '1 failed job' : `${jobs} failed jobs`}, ${causes === 1 ? '1 cause' : `${causes} causes`}`,
    none: 'No job has failed in this time.',
    jobs: (count: number) => (count === 1 ? '1 job' : `${count} jobs`),
    itemCount: (count: number) => (count === 1 ? '1 item' : `${count} items`),
    noCode: 'No error code given',
    first: (time: string) => `first ${time}`,
    last: (time: string) => `last ${time}`,
    affected: 'Affected items',
    more: (count: number) => `and ${count} more`,
    stillFailing: (count: number) => (count === 1 ? '1 item has not succeeded since' : `${count} items have not succeeded since`),
    recovered: 'Every item has succeeded since',
    show: 'Show these jobs',
  },
};

export type ViewMessages = typeof en_views;
