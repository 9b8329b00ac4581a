import { actions, type Problem } from './boundary.ts';

/**
 * How much a watch wants. `watched`, as they begin: its tasks and progress, too. `background`: only how it stands, which costs hardly
 * any requests where several jobs of a vault are followed. `paused`: nothing.
 */
export type Attention = 'paused' | 'background' | 'watched';

/** What is followed needs of its engine. */
export interface Owner {
  view(id: number): unknown;
  act(id: number, action: number, which: number): Problem | null;
  /** It is closed: forget it. */
  closed(id: number): void;
}

/** Something that is being followed until it is closed: its state, who wants to know of changes, and how much is wanted. */
export abstract class FollowedThing<State> {
  #state: State;
  #closed = false;
  #closeReason: unknown;
  #attention: Attention = 'watched';
  readonly #listeners = new Set<() => void>();
  readonly #owner: Owner;
  readonly #id: number;

  /** @internal Made by the engine. */
  constructor(owner: Owner, id: number) {
    this.#owner = owner;
    this.#id = id;
    this.#state = owner.view(id) as State;
  }

  /** What is known now. */
  get state(): State {
    return this.#state;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** @internal */
  protected get closeReason(): unknown {
    return this.#closeReason;
  }

  /** Calls `listener` after each change, until the function it returns is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ask now; never sooner than the service asked. Starts again what stopped, and reads once more what has ended. */
  refresh(): void {
    if (this.#closed) return;
    this.act(actions.refresh);
    // Who awaits from here on awaits what comes, not what was.
    this.update();
  }

  /** Asks for nothing until resume(). What is known stays. */
  pause(): void {
    this.attention = 'paused';
  }

  /** Goes on, and catches up at once. */
  resume(): void {
    this.attention = 'watched';
  }

  get attention(): Attention {
    return this.#attention;
  }

  set attention(attention: Attention) {
    if (this.#closed || !['paused', 'background', 'watched'].includes(attention)) return;
    this.#attention = attention;
    this.tellAttention();
    this.update();
  }

  /** @internal The action that says how much is wanted. */
  protected wanted(): number {
    return actions[this.#attention];
  }

  /** @internal */
  protected tellAttention(): void {
    if (!this.#closed) this.act(this.wanted());
  }

  /** @internal */
  protected act(action: number, which = 0): Problem | null {
    return this.#owner.act(this.#id, action, which);
  }

  /** Stops following; nothing is left behind. */
  close(): void {
    this.abort();
  }

  /** @internal */
  abort(reason?: unknown): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#closeReason = reason;
    this.#owner.closed(this.#id);
    this.act(actions.unfollow);
    this.#notify();
    this.#listeners.clear();
  }

  /** @internal The engine has news. */
  update(): void {
    if (this.#closed) return;
    const state = this.#owner.view(this.#id) as State | null;
    if (!state) return;
    this.#state = state;
    this.#notify();
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener();
      } catch (error) {
        // A listener's fault is the host's to see, and no reason for the others to miss the news.
        globalThis.reportError?.(error);
      }
    }
  }
}
