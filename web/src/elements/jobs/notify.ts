/** Tells of ends where the page is not looked at: notifications where they are allowed, the tab's title, the app's badge. Loaded when asked for. */
import type { JobRow } from '../../engine/list_engine.ts';
import type { View } from '../view.ts';
import { statusWord } from './cells.ts';

interface Badged {
  setAppBadge?(count: number): Promise<void>;
  clearAppBadge?(): Promise<void>;
}

export class Notifier {
  #untold = 0;
  #title: string | null = null;
  readonly #stop = new AbortController();

  constructor() {
    document.addEventListener('visibilitychange', () => this.#seen(), { signal: this.#stop.signal });
  }

  /** Whether the browser lets notifications be shown. Asks the user, who has just asked for them. */
  static async allowed(): Promise<boolean> {
    if (!('Notification' in globalThis)) return false;
    return (await Notification.requestPermission().catch(() => 'denied')) === 'granted';
  }

  tell(rows: readonly JobRow[], view: View): void {
    if (rows.length === 0 || document.visibilityState !== 'hidden') return;
    this.#untold += rows.length;
    this.#title ??= document.title;
    document.title = `(${this.#untold}) ${this.#title}`;
    void (navigator as Badged).setAppBadge?.(this.#untold).catch(() => {});
    if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
    const { list } = view.text;
    const [row] = rows;
    try {
      if (rows.length === 1 && row) new Notification(list.ended(row.job.item || row.job.name, statusWord(row, view)), { tag: row.key });
      else new Notification(list.endedMany(rows.length), { tag: 'azure-backup-jobs' });
    } catch {
      // Some browsers let only service workers show them: the title has told already.
    }
  }

  #seen(): void {
    if (document.visibilityState === 'hidden') return;
    this.#untold = 0;
    if (this.#title !== null) document.title = this.#title;
    this.#title = null;
    void (navigator as Badged).clearAppBadge?.().catch(() => {});
  }

  close(): void {
    this.#seen();
    this.#stop.abort();
  }
}
