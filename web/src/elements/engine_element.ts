/** What all elements have in common: an engine, the host's or one they share; a beginning, an end, and a new beginning when what they show is another. */
import { LitElement, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { Engine, GetToken } from '../engine/index.ts';
import { en, formatFor } from '../messages/index.ts';
import { borrowEngine, type Lease } from './shared_engine.ts';
import type { View } from './view.ts';

export abstract class EngineElement extends LitElement {
  /** Names that Lit watches: decorators would bring twice the code. */
  static override properties: PropertyDeclarations = { endpoint: {}, getToken: { attribute: false }, engine: { attribute: false }, problem: { state: true } };

  /** Azure Resource Manager's origin. */
  endpoint = '';
  /**
   * Another function takes the place of the last one without starting anew. Elements share an engine where they start with the same function;
   * hosts that make a new one for each element hand them an `engine` instead.
   */
  getToken: GetToken | null = null;
  /** An engine of the host's own; it stays the host's to close. */
  engine: Engine | null = null;

  /** Why there is nothing to show. */
  protected problem: Error | null = null;

  #lease: Lease | null = null;
  #run = 0;
  #restart = false;

  /** Properties that say what is shown: another value begins anew. */
  protected abstract readonly subject: readonly string[];
  /** Whether they say anything at all. */
  protected abstract get hasSubject(): boolean;
  /** The engine is there: begin. What this throws becomes the problem. */
  protected abstract begin(engine: Engine): void;
  /** Give back all that begin() took, and forget what was shown. */
  protected abstract end(): void;
  /** Tell the host. */
  protected abstract failed(error: Error): void;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#restart = true;
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const gained = changed.has('getToken') && !changed.get('getToken') !== !this.getToken;
    const restart = this.#restart || gained || ['endpoint', 'engine', ...this.subject].some((name) => changed.has(name as keyof EngineElement));
    // Lit goes on updating what was removed; nothing is followed there.
    if (!restart || !this.isConnected) return;
    this.#restart = false;
    void this.start();
  }

  protected async start(): Promise<void> {
    this.#stop();
    const run = this.#run;
    const { getToken } = this;
    this.problem = null;
    if (!this.hasSubject || !(this.engine || getToken)) return;
    try {
      let engine: Engine | null = this.engine;
      if (!engine) {
        const current: GetToken = (request) => (this.getToken ?? (getToken as GetToken))(request);
        this.#lease = borrowEngine(getToken as GetToken, { getToken: current, ...(this.endpoint ? { endpoint: this.endpoint } : {}) });
        engine = await this.#lease.engine;
      }
      // Removed, or told to show something else, while the engine was loading.
      if (run !== this.#run) return;
      this.begin(engine);
    } catch (error) {
      if (run !== this.#run) return;
      this.problem = error instanceof Error ? error : new Error(String(error));
      this.failed(this.problem);
    }
  }

  #stop(): void {
    ++this.#run;
    this.end();
    this.#lease?.release();
    this.#lease = null;
  }

  protected tell<Detail>(name: string, detail: Detail): void {
    this.dispatchEvent(new CustomEvent<Detail>(name, { detail, bubbles: true, composed: true }));
  }

  protected viewAt(clockSkew: number | null): View {
    return { text: en, format: formatFor(en.locale), now: performance.now(), clockSkew };
  }
}
