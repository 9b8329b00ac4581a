/** What a list does without until it is wanted, each loaded once, with its styles. */
import type { EngineElement } from '../engine_element.ts';
import { adopt, type LiveElement } from '../live_element.ts';
import type { filtersPart, groupsPart } from './chips.ts';
import type { Drawer } from './drawer.ts';
import type { KeysHost, showKeys } from './keys.ts';
import type { ListMenu, MenuHost } from './menu.ts';
import type { tablePart } from './table.ts';

export class LaterParts {
  drawer: Drawer | null = null;
  menu: ListMenu | null = null;
  table: typeof tablePart | null = null;
  filters: typeof filtersPart | null = null;
  groups: typeof groupsPart | null = null;
  keys: typeof showKeys | null = null;
  readonly #host: EngineElement & MenuHost & KeysHost;
  readonly #styles: string[] = [];
  readonly #begun = new Set<string>();

  constructor(host: EngineElement & MenuHost & KeysHost) {
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
    chips: async () => {
      const { filtersPart, groupsPart, chipStyles } = await import('./chips.ts');
      this.filters = filtersPart;
      this.groups = groupsPart;
      this.#styles.push(chipStyles);
    },
    keys: async () => {
      const { showKeys, keysStyles } = await import('./keys.ts');
      this.keys = showKeys;
      this.#styles.push(keysStyles);
    },
    /** What the service's codes mean. */
    explanation: async () => {},
  };

  async want(name: 'drawer' | 'menu' | 'table' | 'chips' | 'keys' | 'explanation'): Promise<void> {
    if (this.#begun.has(name)) return;
    this.#begun.add(name);
    try {
      await this.#host.speak(true);
      await this.#loads[name]();
      adopt(this.#host.renderRoot, [...(this.#host.constructor as typeof LiveElement).styles, ...this.#styles]);
      this.#host.requestUpdate();
    } catch {
      // There is no network, perhaps: the next wish tries again.
      this.#begun.delete(name);
    }
  }
}
