/** What can be done with a list besides reading it: save it as a file, be told of ends. Loaded when the menu is first opened. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { JobRow, JobsView } from '../../engine/list_engine.ts';
import type { JobView } from '../view.ts';
import { announce, fallSilent } from '../announcer.ts';
import { Notifier } from './notify.ts';
import { saveFile } from './save_file.ts';

export { menuStyles } from './menu.styles.ts';

export interface MenuHost {
  readonly renderRoot: ParentNode;
  requestUpdate(): void;
  export(format: 'csv' | 'json'): ReturnType<JobsView['exported']>;
  showKeys(): void;
}

type Said = 'exportFailed' | 'notifyDenied' | null;

export class ListMenu {
  readonly #host: MenuHost;
  /** The share of a file that is made; null while none is. */
  #done: number | null = null;
  #said: Said = null;
  #isNotifying = false;
  #notifier: Notifier | null = null;

  constructor(host: MenuHost) {
    this.#host = host;
  }

  tell(ended: readonly JobRow[], view: JobView): void {
    this.#notifier?.tell(ended, view);
  }

  close(): void {
    this.#notifier?.close();
    this.#notifier = null;
    this.#isNotifying = false;
    this.#said = null;
    fallSilent(this.#host.renderRoot);
  }

  summary({ text: { list, menu }, format }: JobView): string {
    return this.#done === null ? list.more : menu.exporting(format.percent(Math.floor(this.#done * 100)));
  }

  draw({ text: { locale, menu } }: JobView): TemplateResult {
    if (this.#said) announce(this.#host.renderRoot, locale, menu[this.#said]);
    // part="export-csv", part="export-json"
    const save = (format: 'csv' | 'json', word: string) => html`<button type="button" part=${`export-${format}`} ?disabled=${this.#done !== null} @click=${() => void this.#save(format)}>${word}</button>`;
    return html`<div class="items">
      <p class="quiet">${menu.export}</p>
      ${save('csv', menu.csv)} ${save('json', menu.json)}
      <label><input type="checkbox" part="notify" .checked=${this.#isNotifying} @change=${(event: Event) => void this.#notify((event.target as HTMLInputElement).checked)} /> ${menu.notify}</label>
      <button type="button" part="keys-open" @click=${() => this.#host.showKeys()}>${menu.keys}</button>
      ${this.#said ? html`<p class="quiet">${menu[this.#said]}</p>` : nothing}
    </div>`;
  }

  #set(done: number | null, said: Said): void {
    this.#done = done;
    this.#said = said;
    if (!said) fallSilent(this.#host.renderRoot);
    this.#host.requestUpdate();
  }

  async #save(format: 'csv' | 'json'): Promise<void> {
    this.#set(0, null);
    try {
      const day = new Date().toISOString().slice(0, 10);
      await saveFile(`azure-backup-jobs-${day}.${format}`, format === 'csv' ? 'text/csv;charset=utf-8' : 'application/json', this.#host.export(format), (share) => this.#set(share, null));
      this.#set(null, null);
    } catch {
      this.#set(null, 'exportFailed');
    }
  }

  async #notify(wanted: boolean): Promise<void> {
    this.close();
    this.#isNotifying = wanted;
    this.#set(this.#done, null);
    if (!wanted) return;
    const allowed = await Notifier.allowed();
    // Another wish may have come meanwhile, or the element may be gone.
    if (!this.#isNotifying) return;
    this.#notifier ??= new Notifier();
    this.#set(this.#done, allowed ? null : 'notifyDenied');
  }
}
