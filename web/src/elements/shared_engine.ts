/** Elements that start with the same endpoint and getToken share one engine, and so one poll for each job; the last to leave closes it. */
import { defaultEndpoint, type Engine, type EngineOptions, type GetToken } from '../engine/api.ts';

interface Shared {
  readonly opening: Promise<Engine>;
  readonly by: Open;
  users: number;
}

const byEndpoint = new Map<string, Map<GetToken, Shared>>();

/** The engine, and how to give it back. */
export interface Lease {
  readonly engine: Promise<Engine>;
  release(): void;
}

type Open = (options: EngineOptions) => Promise<Engine>;

/** What engines can do: each can what those before it can. */
const skills = ['jobs', 'lists', 'pictures'] as const;

let open: Open;
let skill = -1;

/** Engines are opened so from now on, unless they can more already: all elements of a page share them. */
export function openWith(opener: Open, its: (typeof skills)[number]): void {
  if (skills.indexOf(its) <= skill) return;
  open = opener;
  skill = skills.indexOf(its);
}

/** `key` is the function that the elements share; `options.getToken` is what the first of them makes of it. */
export function borrowEngine(key: GetToken, options: EngineOptions): Lease {
  const endpoint = options.endpoint ?? defaultEndpoint;
  let byToken = byEndpoint.get(endpoint);
  if (!byToken) byEndpoint.set(endpoint, (byToken = new Map()));
  let shared = byToken.get(key);
  // What was opened before this page knew lists cannot show any: those who have it keep it.
  if (shared?.by !== open) byToken.set(key, (shared = { opening: open(options), by: open, users: 0 }));
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
    if (byToken.get(key) === shared) byToken.delete(key);
    if (byToken.size === 0 && byEndpoint.get(endpoint) === byToken) byEndpoint.delete(endpoint);
  };
  // What could not be loaded is tried again by the next who asks.
  opening.catch(forget);
  return { engine: opening, release };
}
