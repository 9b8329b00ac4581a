import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** One tick a second for everything that shows running time; asleep while nobody does, or nobody looks. */
const hosts = new Set<ReactiveControllerHost>();
let timer: ReturnType<typeof setInterval> | undefined;

function adjust(): void {
  const wanted = hosts.size > 0 && document.visibilityState !== 'hidden';
  if (wanted && timer === undefined) {
    timer = setInterval(() => hosts.forEach((host) => host.requestUpdate()), 1000);
  } else if (!wanted && timer !== undefined) {
    clearInterval(timer);
    timer = undefined;
  }
}

function onVisibility(): void {
  adjust();
  if (timer !== undefined) hosts.forEach((host) => host.requestUpdate());
}

/** Re-renders its host every second while `isNeeded` says that something on it moves with time. */
export class Clock implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #isNeeded: () => boolean;

  constructor(host: ReactiveControllerHost, isNeeded: () => boolean) {
    this.#host = host;
    this.#isNeeded = isNeeded;
    host.addController(this);
  }

  hostUpdated(): void {
    this.#set(this.#isNeeded());
  }

  hostDisconnected(): void {
    this.#set(false);
  }

  #set(needed: boolean): void {
    if (needed === hosts.has(this.#host)) return;
    if (needed) hosts.add(this.#host);
    else hosts.delete(this.#host);
    if (hosts.size === 1 && needed) document.addEventListener('visibilitychange', onVisibility);
    if (hosts.size === 0) document.removeEventListener('visibilitychange', onVisibility);
    adjust();
  }
}
