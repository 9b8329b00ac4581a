/** What a list does without until it is wanted, each loaded once, with its styles. */
import { adoptStyles, type CSSResult, type LitElement } from 'lit';
import type { Drawer } from './drawer.ts';
import type { ListMenu, MenuHost } from './menu.ts';
import type { tablePart } from './table.ts';

export class LaterParts {
  drawer: Drawer | null = null;
  menu: ListMenu | null = null;
  table: typeof tablePart | null = null;
  /** Words for the service's codes. */
  explanation: Readonly<Record<string, string>> | null = null;

  readonly #host: LitElement & MenuHost;
  readonly #styles: CSSResult[] = [];
  readonly #begun = new Set<string>();

  constructor(host: LitElement & MenuHost) {
    this.#host = host;
  }

  readonly #loads = {
    drawer: async () => {
      const { Drawer, drawerStyles } = await import('./drawer.ts');
      this.drawer = new Drawer(() => this.#host.requestUpdate());
      this.#styles.push(drawerStyles);
    },
    menu: async () => {
      const { ListMenu, menuStyles } = await import('./menu.ts');
      this.menu = new ListMenu(this.#host);
      this.#styles.push(menuStyles);
    },
    table: async () => {
      const { tablePart, tableStyles } = await import('./table.ts');
      this.table = tablePart;
      this.#styles.push(tableStyles);
    },
    explanation: async () => {
      this.explanation = (await import('../../messages/en_job.ts')).en_job.explanation;
    },
  };

  async want(name: 'drawer' | 'menu' | 'table' | 'explanation'): Promise<void> {
    if (this.#begun.has(name)) return;
    this.#begun.add(name);
    try {
      await this.#loads[name]();
      adoptStyles(this.#host.renderRoot as ShadowRoot, [...(this.#host.constructor as typeof LitElement).elementStyles, ...this.#styles]);
      this.#host.requestUpdate();
    } catch {
      // There is no network, perhaps: the next wish tries again.
      this.#begun.delete(name);
    }
  }
}
