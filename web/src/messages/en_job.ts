import type { JobErrorCode } from './keys.ts';

/** English, for what comes later: one job shown whole, and what is done with a list besides reading it. */
export const en_job = {
  jobError: {
    'input-empty': 'Nothing was given to follow.',
    'input-unrecognised': 'This is neither an operation’s URL, its answer, nor a job’s id.',
    'vault-needed': 'The vault is needed too: this does not say which vault it is in.',
    'cancel-impossible': 'Azure has no way to cancel a job of this kind.',
    'cancel-refused': 'This job cannot be cancelled now: it has ended, or Azure does not offer it.',
    'not-json': 'This is not valid JSON.',
    'too-deep': 'This JSON is nested too deeply.',
    'too-large': 'This text is too large.',
    'wrong-shape': 'This is JSON, but neither an operation nor a job.',
  } satisfies Record<JobErrorCode, string>,

  /** Beside a list. */
  drawer: {
    close: 'Close',
    detail: 'Job',
    earlier: 'Earlier runs of this item',
    usual: (range: string) => `usually ${range}`,
  },

  menu: {
    export: 'Export',
    csv: 'As CSV',
    json: 'As JSON',
    exporting: (percent: string) => `Exporting, ${percent}`,
    exportFailed: 'The list changed while it was exported. Try again.',
    keys: 'Keys…',
    notify: 'Tell me when jobs end',
    notifyDenied: 'The browser does not allow notifications here; the tab’s title tells of ends.',
  },

  chips: {
    groups: 'Counts; choose one to see only its jobs',
    noError: 'No error',
    remove: (what: string) => `Stop filtering by ${what}`,
    clear: 'Clear filters',
  },

  pages: {
    page: (first: string, last: string, total: string) => `${first} to ${last} of ${total}`,
    previous: 'Previous page',
    next: 'Next page',
  },

  copy: { details: 'Copy details', done: 'Copied', failed: 'Could not copy' },

  unknownStatus: (text: string) => `The service says “${text}”`,

  operationOf: (operation: string, kind: string) => (kind ? `${operation} · ${kind}` : operation),
  vault: 'Vault',

  ended: {
    completed: (duration: string) => (duration ? `Completed in ${duration}` : 'Completed'),
    'completed-with-warnings': (duration: string) => (duration ? `Completed with warnings after ${duration}` : 'Completed with warnings'),
    failed: (duration: string) => (duration ? `Failed after ${duration}` : 'Failed'),
    cancelled: (duration: string) => (duration ? `Cancelled after ${duration}` : 'Cancelled'),
  },
  runningFor: (duration: string) => `Running for ${duration}`,
  cancellingFor: (duration: string) => `Cancelling, after ${duration}`,
  announce: (item: string, status: string) => `${item}: ${status}`,

  step: {
    operationWaiting: 'Waiting for the operation to name its job',
    operationAsking: 'Asking for the operation',
    operationSucceeded: 'The operation succeeded and named its job',
    operationNamedJobs: (count: number) => `The operation succeeded and named ${count} jobs`,
    operationNoJob: 'The operation succeeded without a job',
    operationNoJobHelp: 'Some operations do their work at once and make no job: there is nothing more to follow.',
    operationFailed: 'The operation failed',
    operationCanceled: 'The operation was cancelled',
    operationEnded: 'It names no job.',
    operationUnknown: (text: string) => `The operation's status is unknown (“${text}”)`,
    jobAsking: 'Reading the job',
    jobUnread: 'The job could not be read yet',
    operationUnread: 'The operation could not be read yet',
    failedJob: (job: string, code: string) => `Job ${job} did not start (${code})`,
  },

  section: {
    tasks: 'Tasks',
    noTasks: 'The service has not listed any tasks yet.',
    order: 'order, not start times',
    errors: 'What went wrong',
    warnings: 'Warnings',
    facts: 'Details',
    properties: 'Properties',
    other: 'Other properties',
    otherHelp: 'Fields the service sent that have no place above, as they came.',
  },

  /** Known tasks by the service's own names, in lower case; English says them as they come (AZURE.md §4.3) */
  task: {} as Readonly<Record<string, string>>,
  yes: 'yes',
  no: 'no',
  actionName: { '1': 'Cancel', Cancellable: 'Cancel', '2': 'Retry', Retriable: 'Retry' } as Readonly<Record<string, string>>,
  errorCode: (code: string) => `Code ${code}`,

  fact: {
    started: 'Started',
    ended: 'Ended',
    duration: 'Duration',
    operation: 'Operation',
    type: 'Type',
    status: 'Status',
    jobId: 'Job id',
    activityId: 'Activity id',
    activityHelp: 'Quote it when you ask Microsoft support',
    vault: 'Vault',
    resourceGroup: 'Resource group',
    container: 'Container',
    server: 'Server',
    storageAccount: 'Storage account',
    workload: 'Workload',
    operationId: 'Operation id',
    target: 'Target',
    machineVersion: 'Resource version',
    userTriggered: 'Started by a user',
    actions: 'Actions the service lists',
  },

  since: (time: string) => `since ${time}`,

  progress: 'Progress',
  forecast: (least: string, most: string) => `Judging by earlier runs, another ${least} to ${most}.`,
  progressPercent: (percent: string) => `${percent} done`,
  serviceEstimate: (rest: string) => `the service expects ${rest} more, as a rule too little`,

  cancel: {
    action: 'Cancel job…',
    question: (item: string) => `Cancel the job of ${item}? What it has done so far may be lost.`,
    confirm: 'Yes, cancel it',
    keep: 'Keep it running',
    asking: 'Asking Azure to cancel this job…',
    accepted: 'Azure accepted the cancel. The job runs until Azure says how it ended.',
    refused: 'The cancel did not go through. The job runs on.',
    copying: 'A backup of a machine can be cancelled only while its snapshot is taken, not while that is copied to the vault.',
    crossRegion: 'Azure has no way to cancel a cross-region job.',
    backupVault: 'Azure has no way to cancel a job of a Backup vault.',
  },

  /** Codes of jobs' errors and of ARM, in lower case: what they mean and what to do first, beside the service's own words (AZURE.md §4.3, §7, §8). */
  explanation: {
    '320001': 'The machine is gone. Its earlier backups stay; stop protection, keeping the data.',
    '400001': 'Something else was running on this item. Wait for it, then start this again.',
    '400002': 'The fault is on Azure’s side. Start the backup again; if it fails again, ask support with the activity id.',
    '400003': 'The fault is on Azure’s side. Start the restore again; if it fails again, ask support with the activity id.',
    '400048': 'The storage account named for the restore was not there. Choose one that stays until the restore has ended.',
    '400136': 'The machine was not found. It was deleted or moved, or the wrong one was chosen.',
    '400158': 'A user cancelled this job, and the cancel succeeded. Nothing is broken.',
    '400160': 'Azure itself holds the machine in a failed state. Bring it to running or stopped, then start again.',
    '510011': 'Azure does not say why the restore failed. Try again; if it fails again, ask support with the activity id.',
    '520123': 'Files of the same names are in the target folder. Choose another folder, or move them away.',
    '1073871825': 'The fault is on Azure’s side. Start it again in a few minutes.',
    usererrorvmnotfoundv2: 'The machine was not found. It was deleted or moved, or the wrong one was chosen.',
    usererrorguestagentstatusunavailable: 'The agent in the machine does not answer. Check that the machine runs, has network, and its VM agent is up to date.',
    resourcerequeststhrottled: 'The hourly allowance for this kind of request is used up; other tools may share it. Asking goes on by itself.',
    subscriptionrequeststhrottled: 'Your requests in this subscription came too fast for Azure. Asking goes on by itself.',
    toomanyrequests: 'Requests came too fast for Azure. Asking goes on by itself.',
    resourcenotfound: 'Azure does not find it: deleted, moved, or its name is spelled differently.',
    resourcegroupnotfound: 'There is no such resource group in this subscription.',
    subscriptionnotfound: 'The subscription does not exist, or this sign-in is for another tenant.',
    bmsusererrorobjectnotfound: 'The vault does not know it. It may have been deleted, or belong to another vault.',
    usererrorgenericresourcenotfound: 'The Backup vault does not know it. It may have been deleted, or belong to another vault.',
    gatewaytimeout: 'The backup service did not answer Azure in time. That says nothing about the job.',
    servertimeout: 'The backup service did not answer in time. That says nothing about the job.',
    restapiinternalerror: 'The fault is on Azure’s side, and passes as a rule.',
    cloudinternalerror: 'The fault is on Azure’s side, and passes as a rule.',
    internalservererror: 'The fault is on Azure’s side, and passes as a rule.',
    cloudstorageunexpectederror: 'Azure’s own storage had a fault; it passes as a rule.',
    invalidgatewayhost: 'A gateway of Azure had a fault; it passes as a rule.',
    gatewayauthenticationfailed: 'Azure could not check the sign-in just now; it passes as a rule.',
    authenticationfailed: 'Azure does not accept the sign-in.',
    expiredauthenticationtoken: 'The token has expired. A fresh one is needed.',
    invalidauthenticationtoken: 'Azure does not accept this token: it may be for another resource or tenant, or revoked.',
    authorizationfailed: 'Your account lacks a role for this. “Backup Reader” on the vault lets you read, “Backup Operator” lets you cancel.',
    linkedauthorizationfailed: 'Your account lacks a role on another resource that this needs.',
    missingsubscriptionregistration: 'The subscription has never used this service: its resource provider has to be registered first.',
    noregisteredproviderfound: 'This cloud or region does not know this version of the interface.',
    clouddosabsolutelimitreached: 'Too many such operations were started on this item. Wait a day.',
    clouddostimeboudlimitreached: 'Too many such operations were started in a short time. Wait, then try again.',
  } as Readonly<Record<string, string>>,

  operationInfo: {
    validation: 'What the validation found',
    recoveryPoint: 'Recovery point',
    scripts: (count: number) => (count === 1 ? 'One script was made' : `${count} scripts were made`),
    scriptsHelp: 'They hold secrets and are shown nowhere on this page. Fetch them where the restore was started.',
  },
};

export type JobMessages = typeof en_job;
