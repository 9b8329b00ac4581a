/** Jobs as a file: every field of every row, for spreadsheets (RFC 4180, with a byte order mark) and for programs (an array of objects). Loaded when one is asked for. */
import type { Job } from './boundary.ts';
import { ClosedError } from './errors.ts';
import type { JobsView } from './lists.ts';

export interface FilePart {
  readonly text: string;
  /** Rows so far, of so many. */
  readonly done: number;
  readonly total: number;
}

const heads = ['Status', 'Item', 'Operation', 'Job type', 'Management type', 'Workload type', 'Start (UTC)', 'End (UTC)', 'Duration (s)', 'Error codes', 'Error messages', 'Recommendations', 'Vault', 'Activity id', 'Job id', 'Resource id'];

/** The service's times have whole seconds. Those that no calendar of four-digit years has are left out. */
function time(ms: number | null): string {
  if (ms === null || !(Math.abs(ms) <= 8.64e15)) return '';
  const text = new Date(ms).toISOString();
  return text.length === 24 ? `${text.slice(0, 19)}Z` : '';
}

const seconds = (ms: number | null) => (ms === null || ms < 0 ? null : Math.floor(ms) / 1000);

/**
 * An apostrophe where a formula would begin: at the start, and after what a spreadsheet of another country may take for the end of a cell. The full-width
 * signs are taken for the same.
 */
function cell(text: string): string {
  const harmless = text.replaceAll('\0', '').replace(/^(?=[\t\r])|(?<=^|[,;|"\n\r\t])(?=[=+\-@＝＋－＠])/g, "'");
  return `"${harmless.replaceAll('"', '""')}"`;
}

/** Of ".../vaults/name/backupJobs/id", the third name from the end. */
const vaultOf = (id: string) => id.split('/').at(-3) ?? '';

function line(job: Job): string {
  const lines = (texts: readonly string[]) => texts.filter(Boolean).join('\n');
  const duration = seconds(job.duration);
  return [
    job.status.text,
    job.item,
    job.operation,
    job.jobType,
    job.managementType,
    job.workloadType,
    time(job.start),
    time(job.end),
    duration === null ? '' : duration.toFixed(3),
    lines(job.errors.map(({ code }) => code)),
    lines(job.errors.map(({ message, title }) => message || title)),
    lines(job.errors.flatMap(({ recommendations }) => recommendations)),
    vaultOf(job.id),
    job.activityId,
    job.name,
    job.id,
  ]
    .map(cell)
    .join();
}

/** Without what is empty. */
function filled(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)));
}

/** Secrets are null, and said to be there. */
function object(job: Job): object {
  const { id, name, item, operation, jobType, managementType, workloadType, status, activityId, containerName, containerType, serverName, serverType, storageAccount, userTriggered, actions } = job;
  return filled({
    ...{ id, name, item, operation, jobType, managementType, workloadType },
    status: status.text,
    startTime: time(job.start),
    endTime: time(job.end),
    durationSeconds: seconds(job.duration),
    ...{ activityId, containerName, containerType },
    resourceVersion: job.machineVersion,
    ...{ serverName, serverType, storageAccount, userTriggered, actions },
    errors: job.errors.map(filled as (error: object) => object),
    other: job.other.length > 0 ? Object.fromEntries(job.other.filter(({ value, secret }) => secret || value).map(({ name: path, value, secret }) => [path, secret ? null : value])) : null,
  });
}

/** A file in the making. */
export class JobFile {
  readonly #format: 'csv' | 'json';
  #isBegun = false;

  constructor(format: 'csv' | 'json') {
    this.#format = format;
  }

  /** What the next jobs add to it. */
  part(jobs: readonly Job[], isLast: boolean): string {
    const isFirst = !this.#isBegun;
    this.#isBegun = true;
    if (this.#format === 'csv') return (isFirst ? `\uFEFF${heads.join()}\r\n` : '') + jobs.map((job) => `${line(job)}\r\n`).join('');
    const objects = jobs.map((job, index) => `${isFirst && index === 0 ? '' : ','}\n${JSON.stringify(object(job))}`);
    return `${isFirst ? '[' : ''}${objects.join('')}${isLast ? '\n]\n' : ''}`;
  }
}

/** See JobsView.exported. */
export async function* fileOf(view: JobsView, format: 'csv' | 'json', partSize: number): AsyncGenerator<FilePart> {
  const { total, generation } = view.rows(0, 0, { hold: true });
  const file = new JobFile(format);
  for (let first = 0; first === 0 || first < total; first += partSize) {
    const part = view.rows(first, partSize, { hold: true });
    if (view.closed || part.generation !== generation) throw new ClosedError();
    const done = Math.min(first + partSize, total);
    yield { text: file.part(part.rows.map(({ job }) => job), done === total), done, total };
    await new Promise((resolve) => setTimeout(resolve));
  }
}
