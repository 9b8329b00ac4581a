/** A vault's jobs in its paired region, on request: Azure counts each reading as a write. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Job } from '../engine/api.ts';
import type { CrossRegionWatch, PictureEngine } from '../engine/pictures.ts';
import { announce, fallSilent } from '../elements/announcer.ts';
import { isTroubled } from '../elements/parts/freshness.ts';
import type { Messages } from '../messages/en.ts';
import type { Format } from '../messages/format.ts';
import type { PageMessages } from '../messages/page.ts';

/** So many are drawn. */
const mostDrawn = 50;

/** Recovery Services vaults alone have jobs in another region, as far as is known; and of several each would be paid for. */
export const mayHaveRegion = ([vault, another]: readonly string[]) => another === undefined && /\/Microsoft\.RecoveryServices\/vaults\/[^/]/i.test(vault ?? '');

export class CrossRegionPanel {
  readonly vault: string;
  readonly #watch: CrossRegionWatch;
  readonly #follow: (job: string, vault: string) => void;

  /** @throws BackupJobsError where `vault` is no vault's resource id. */
  constructor(engine: PictureEngine, vault: string, changed: () => void, follow: (job: string, vault: string) => void) {
    this.vault = vault;
    this.#watch = engine.watchCrossRegion(vault);
    this.#follow = follow;
    this.#watch.subscribe(changed);
  }

  close(): void {
    fallSilent(this);
    this.#watch.close();
  }

  refresh(): void {
    this.#watch.refresh();
  }

  draw(text: PageMessages, { jobState, contact }: Pick<Messages, 'jobState' | 'contact'>, format: Format, close: () => void): TemplateResult {
    const { state } = this.#watch;
    const words = text.crossRegion;
    const { rows } = this.#watch.jobs(0, mostDrawn);
    const summary = `${this.#summary(words, contact, format)} ${words.cost(state.requests)}`;
    announce(this, document.documentElement.lang, summary);
    return html`
      <section class="card again" aria-labelledby="cross-region">
        <div class="row spread">
          <h2 id="cross-region" tabindex="-1">${state.region ? words.titleIn(state.region) : words.title}</h2>
          <span class="row">
            ${state.unpaired ? nothing : html`<button type="button" @click=${() => this.refresh()}>${words.again}</button>`}
            <button type="button" @click=${close}>${words.close}</button>
          </span>
        </div>
        <p class="help" data-cross-region=${state.listed ? 'listed' : state.contact.state}>${summary}</p>
        ${state.contact.error ? html`<p class="problem">${words.failed} <q lang="">${state.contact.error.service.message || state.contact.error.code}</q></p>` : nothing}
        ${rows.length > 0 ? html`<ul class="vaults">${rows.map((job) => this.#row(job, jobState, format))}</ul>` : nothing}
      </section>
    `;
  }

  #summary(words: PageMessages['crossRegion'], contactWords: Messages['contact'], format: Format): string {
    const { state } = this.#watch;
    const { answeredAt } = state.contact;
    const trouble = isTroubled(state.contact.state) ? `${contactWords[state.contact.state]}. ` : '';
    if (state.unpaired) return words.unpaired;
    if (state.setting.toLowerCase() === 'disabled') return words.disabled;
    if (!state.listed) return trouble || words.reading;
    // A time of day: the panel is drawn when something changes, and not as time passes.
    const read = answeredAt === null ? '' : words.readAt(format.time(Date.now() - (performance.now() - answeredAt)));
    return `${trouble}${state.jobs === 0 ? `${words.none} ` : ''}${read}`;
  }

  #row(job: Job, stateWords: Readonly<Record<string, string>>, format: Format): TemplateResult {
    return html`<li>
      <button type="button" class="plain" @click=${() => this.#follow(job.id, this.vault)}>
        <span class="vault-name"><bdi>${job.item || job.name}</bdi></span>
        <small>${stateWords[job.status.state] ?? job.status.text} · ${job.start === null ? '' : format.instant(job.start)}${job.duration === null ? '' : ` · ${format.duration(job.duration)}`}</small>
      </button>
    </li>`;
  }
}
