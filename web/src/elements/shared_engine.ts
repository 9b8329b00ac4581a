/** Elements that have the same endpoint and getToken share one engine, and so one poll for each job; the last to leave closes it. */
import { type Engine, type EngineOptions, openEngine, defaultEndpoint } from '../engine/index.ts';

interface Shared {
  readonly opening: Promise<Engine>;
  users: number;
}

const byEndpoint = new Map<string, Map<EngineOptions['getToken'], Shared>>();

/** The engine, and how to give it back. */
export interface Lease {
  readonly engine: Promise<Engine>;
  release(): void;
}

export function borrowEngine(options: EngineOptions): Lease {
  const endpoint = options.endpoint ?? defaultEndpoint;
  let byToken = byEndpoint.get(endpoint);
  if (!byToken) byEndpoint.set(endpoint, (byToken = new Map()));
  let shared = byToken.get(options.getToken);
  if (!shared) byToken.set(options.getToken, (shared = { opening: openEngine(options), users: 0 }));
  ++shared.users;

  const { opening } = shared;
  let released = false;
  const release = () => {
    if (released) return;
    released = true;
    if (--shared.users > 0) return;
    forget();
    opening.then(
      (engine) => engine.close(),
      () => {},
    );
  };
  const forget = () => {
    if (byToken.get(options.getToken) === shared) byToken.delete(options.getToken);
    if (byToken.size === 0 && byEndpoint.get(endpoint) === byToken) byEndpoint.delete(endpoint);
  };
  // What could not be loaded is tried again by the next who asks.
  opening.catch(forget);
  return { engine: opening, release };
}
