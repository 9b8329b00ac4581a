/** What a list does without until it is wanted, loaded once, with its styles. */
import type { EngineElement } from '../engine_element.ts';
import { adopt, type LiveElement } from '../live_element.ts';
import type { Drawer, ListMenu } from './later.ts';
import type { KeysHost } from './keys.ts';
import type { MenuHost } from './menu.ts';

export class LaterParts {
  drawer: Drawer | null = null;
  menu: ListMenu | null = null;
  parts: typeof import('./later.ts') | null = null;
  readonly #host: EngineElement & MenuHost & KeysHost;
  #loading: Promise<void> | undefined;

  constructor(host: EngineElement & MenuHost & KeysHost) {
    this.#host = host;
  }

  want(): Promise<void> {
    this.#loading ??= this.#load().catch(() => {
      // There is no network, perhaps: the next wish tries again.
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #load(): Promise<void> {
    const host = this.#host;
    const [parts] = await Promise.all([import('./later.ts'), host.speak(true)]);
    this.parts = parts;
    this.drawer = new parts.Drawer(() => host.requestUpdate());
    this.menu = new parts.ListMenu(host);
    adopt(host.renderRoot, [...(host.constructor as typeof LiveElement).styles, parts.drawerStyles, parts.menuStyles, parts.tableStyles, parts.chipStyles, parts.keysStyles]);
    host.requestUpdate();
  }
}
