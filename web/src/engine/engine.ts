import type { BoundaryEngine, BoundaryModule, SavedWatch } from './boundary.ts';
import { BackupJobsError, ClosedError } from './errors.ts';
import type { FollowedThing, Owner } from './followed.ts';
import type { Wasm } from './load.ts';
import { Watch } from './watch.ts';

export interface TokenRequest {
  /** Of a challenge the service sent with a 401 (base64), where the browser may read it: hand it to your identity library. */
  readonly claims?: string;
  /** The last token was refused: a cached one will not do. */
  readonly forceRefresh?: boolean;
}

/** Answers with an access token for Azure Resource Manager. Called for each request; cache on your side. */
export type GetToken = (request: TokenRequest) => string | PromiseLike<string>;

export interface EngineOptions {
  readonly getToken: GetToken;
  /** Azure Resource Manager's origin. Default: https://management.azure.com. http only on this machine. */
  readonly endpoint?: string;
  /** Bounds of the wait between two polls of a running job, in ms. Default: 2 000 and 120 000. */
  readonly pollEvery?: { readonly floor?: number; readonly ceiling?: number };
  /**
   * How many requests an hour and subscription to spend on jobs, and as many on operations, until the service tells its own limit. Default: 120.
   * The least that was recorded of Azure is 150, and others may share it.
   */
  readonly requestsPerHour?: number;
  /** The longest wait for a whole answer, in ms. Default: 75 000; ARM itself gives the backup service 60 s. */
  readonly requestTimeout?: number;
  /** Where the WebAssembly comes from, if not from beside the script. Counts where it is not loaded yet. */
  readonly wasm?: Wasm;
}

export interface FollowOptions {
  /** The vault's resource id, where what is followed does not name it. */
  readonly vault?: string;
  /** Closes the watch. */
  readonly signal?: AbortSignal;
}

/** A wait the host chose, where it is one: at least 100 ms, at most a day. */
function held(ms: number | undefined, fallback: number): number {
  return Number.isFinite(ms) ? Math.min(Math.max(ms as number, 100), 86_400_000) : fallback;
}

export const defaultEndpoint = 'https://management.azure.com';

/**
 * Follows operations and jobs. One is enough for a page; it asks for each thing once, however many watches want it.
 * Sleeps while nothing is followed; close() when done.
 */
export class Engine {
  /** @internal */
  protected readonly boundary: BoundaryEngine;
  readonly #getToken: GetToken;
  readonly #watches = new Map<number, FollowedThing<unknown>>();
  readonly #abortListeners = new Map<number, () => void>();
  readonly #changed = new Set<number>();
  readonly #listening = new AbortController();
  #closed = false;

  /** @internal Use openEngine. */
  constructor(module: BoundaryModule, options: EngineOptions) {
    const endpoint = options.endpoint ?? defaultEndpoint;
    const problem = module.Engine.endpointError(endpoint);
    if (problem) throw new BackupJobsError(problem);
    this.#getToken = options.getToken;
    this.boundary = new module.Engine(
      endpoint,
      Math.floor(Math.random() * Number.MAX_SAFE_INTEGER),
      held(options.pollEvery?.floor, 2_000),
      held(options.pollEvery?.ceiling, 120_000),
      held(options.requestTimeout, 75_000),
      Math.max(options.requestsPerHour || 120, 1),
      {
        // The engine may not be called back from within its own calls.
        requestToken: (request, claims, forceRefresh) => queueMicrotask(() => void this.#provideToken(request, claims, forceRefresh)),
        changed: (watch) => this.#noteChange(watch),
      },
    );
    this.#listen();
  }

  /**
   * Follows what a user holds after a trigger: the operation's status URL (Azure-AsyncOperation; Location too), its answer as JSON, a job's
   * resource id or URL, or a job's own id with `vault`.
   * @throws BackupJobsError where the text is none of these, or a URL on another origin than the endpoint's. Nothing was sent then.
   */
  follow(text: string, options: FollowOptions = {}): Watch {
    return this.begin(text, options, (owner, id) => new Watch(owner, id));
  }

  /** @internal */
  protected begin<Thing extends FollowedThing<unknown>>(text: string, { vault = '', signal }: FollowOptions, make: (owner: Owner, id: number) => Thing): Thing {
    if (this.#closed) throw new ClosedError();
    signal?.throwIfAborted();
    const followed = this.boundary.follow(text, vault);
    if (!('watch' in followed)) throw new BackupJobsError(followed);
    const { watch: id } = followed;
    const owner: Owner = {
      view: (watch) => this.boundary.view(watch),
      act: (watch, action, which) => this.boundary.act(watch, action, which),
      closed: (watch) => {
        this.#watches.delete(watch);
        this.#abortListeners.get(watch)?.();
        this.#abortListeners.delete(watch);
      },
    };
    const thing = make(owner, id);
    this.#watches.set(id, thing);
    if (signal) {
      const abort = () => thing.abort(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      this.#abortListeners.set(id, () => signal.removeEventListener('abort', abort));
    }
    return thing;
  }

  /**
   * What is followed now, to go on after a reload: ids only, no token and none of the signatures that an operation's URL may carry.
   * A value for JSON; hand each entry to {@link restore}.
   */
  save(): readonly SavedWatch[] {
    return this.boundary.saved();
  }

  /** Follows again what save() told. @throws BackupJobsError at the first entry that save() cannot have written; those before it are followed. */
  restore(saved: Iterable<SavedWatch>): Watch[] {
    return Array.from(saved, ({ text, vault }) => this.follow(text, { vault }));
  }

  /** Closes every watch and gives the memory back. */
  close(): void {
    if (this.#closed) return;
    for (const watch of [...this.#watches.values()]) watch.close();
    this.#closed = true;
    this.#listening.abort();
    this.boundary.delete();
  }

  /** @internal What is alive, for tests of leaks. */
  usage(): ReturnType<BoundaryEngine['usage']> {
    return this.boundary.usage();
  }

  async #provideToken(request: number, claims: string, forceRefresh: boolean): Promise<void> {
    if (this.#closed) return;
    let token: unknown;
    let reason = '';
    try {
      token = await this.#getToken({ ...(claims ? { claims } : {}), ...(forceRefresh ? { forceRefresh } : {}) });
    } catch (error) {
      reason = (error instanceof Error ? error.message : String(error)).slice(0, 300) || 'getToken failed';
    }
    if (this.#closed) return;
    try {
      this.boundary.answerToken(request, token, reason);
    } catch (error) {
      // The browser itself would not take the request.
      this.boundary.answerToken(request, '', String(error));
    }
  }

  /** Several changes of one turn are told once. */
  #noteChange(id: number): void {
    if (this.#changed.size === 0) {
      queueMicrotask(() => {
        const ids = [...this.#changed];
        this.#changed.clear();
        for (const changed of ids) this.#watches.get(changed)?.update();
        this.changed();
      });
    }
    this.#changed.add(id);
  }

  /** @internal Something that is followed has changed. */
  protected changed(): void {}

  #listen(): void {
    const { signal } = this.#listening;
    const report = () => this.boundary.setEnvironment(document.visibilityState !== 'hidden', navigator.onLine);
    document.addEventListener('visibilitychange', report, { signal });
    for (const event of ['online', 'offline', 'pageshow']) globalThis.addEventListener(event, report, { signal });
    report();
  }
}
