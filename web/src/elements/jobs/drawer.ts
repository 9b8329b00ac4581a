/** The job that is open, beside the list or in its place. Loaded when the first one is opened. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { JobRow, JobsView, ListEngine, VaultState } from '../../engine/list_engine.ts';
import type { AzureBackupJob, JobChangeDetail } from '../azure_backup_job.ts';
import type { JobView } from '../view.ts';
import { statusWord } from './cells.ts';
import { runsPart } from './runs.ts';
import type { Change } from './toolbar.ts';

export { drawerStyles } from './drawer.styles.ts';

export interface DrawerHost {
  /** The resource id of the job. */
  readonly job: string;
  readonly vaults: readonly VaultState[];
  readonly engine: ListEngine;
  readonly close: () => void;
  readonly change: Change;
}

const mostRuns = 24;

/** Where most of them lie; null where too few are known. */
export function usualDuration(rows: readonly JobRow[]): { readonly low: number; readonly high: number } | null {
  const known = rows
    .filter(({ job }) => job.status.state === 'completed' && job.duration !== null)
    .map(({ job }) => job.duration as number)
    .sort((a, b) => a - b);
  if (known.length < 4) return null;
  const at = (share: number) => known[Math.round((known.length - 1) * share)] as number;
  return { low: at(0.1), high: at(0.9) };
}

export class Drawer {
  /** Earlier runs of the item, while one is open. */
  #runs: JobsView | null = null;
  #of = '';
  readonly #update: () => void;

  constructor(update: () => void) {
    this.#update = update;
  }

  close(): void {
    this.#runs?.close();
    this.#runs = null;
    this.#of = '';
  }

  draw(host: DrawerHost, view: JobView): TemplateResult {
    const { drawer } = view.text;
    const vault = host.vaults.find(({ vault: { id } }) => host.job.toLowerCase().startsWith(`${id.toLowerCase()}/`))?.vault.id ?? '';
    return html`<aside class="drawer" part="drawer" aria-label=${drawer.detail}>
      <div class="drawer-top"><button type="button" class="icon" part="close" aria-label=${drawer.close} title=${drawer.close} @click=${host.close}><span aria-hidden="true">✕</span></button></div>
      <azure-backup-job
        exportparts="status, header, errors, error, tasks, task, notice, freshness, actions, copy, cancel-job"
        .engine=${host.engine}
        .follow=${host.job}
        .vault=${vault}
        @backup-job-change=${(event: CustomEvent<JobChangeDetail>) => this.#onChange(event, host)}
        >${this.#drawRuns(host, view)}</azure-backup-job
      >
    </aside>`;
  }

  #onChange(event: CustomEvent<JobChangeDetail>, { engine }: DrawerHost): void {
    if ((event.target as AzureBackupJob).follow === '') return;
    const [watched] = event.detail.state.jobs;
    const job = watched?.job;
    const of = watched && job?.item ? `${watched.vault.id}\n${job.item}\n${job.operation}` : '';
    if (of !== this.#of) {
      this.#runs?.close();
      this.#runs = watched && job && of ? engine.jobs({ vault: watched.vault.id, item: job.item, operation: job.operation, sort: 'start' }) : null;
      this.#of = of;
    }
    this.#update();
  }

  #drawRuns(host: DrawerHost, view: JobView): TemplateResult | typeof nothing {
    const rows = this.#runs?.rows(0, mostRuns).rows.filter(({ job }) => job.duration !== null) ?? [];
    if (rows.length < 2) return nothing;
    const { drawer } = view.text;
    const { format } = view;
    const usual = usualDuration(rows.filter(({ job }) => job.id !== host.job));
    const runs = rows.map((row) => {
      const { id, start, status, duration } = row.job;
      const said = [start === null ? '' : format.instant(start), statusWord(row, view), format.duration(duration as number)].filter(Boolean).join(', ');
      return { job: id, state: status.state, duration: duration as number, said };
    });
    const [oldest, newest] = [rows.at(-1), rows[0]].map((row) => (row?.job.start == null ? '' : format.date(row.job.start)));
    return html`<section class="runs" slot="earlier" part="earlier" aria-labelledby="earlier">
      <h3 id="earlier">${drawer.earlier}${usual ? html` <small>${drawer.usual(format.range(usual.low, usual.high))}</small>` : nothing}</h3>
      ${runsPart(runs, host.job, (id) => host.change({ job: id }))}
      <p class="quiet"><span>${oldest}</span><span>${newest}</span></p>
    </section>`;
  }
}
