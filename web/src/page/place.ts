/** Where someone is on the page, over the way to the login service and back: the hash is the page's own, and the answer comes back in it. */

const key = 'azure-backup-jobs.place';

/** The page's address as it is registered: without query and hash. */
export const pageAddress = () => location.origin + location.pathname;

/** Ids and filters, as in the address: they go through this tab's storage, and not to the login service. */
export function keepPlace(): void {
  sessionStorage.setItem(key, location.search + location.hash);
}

/** Without its hash here: the library would take `error=…` of a filter for an answer. */
export interface Arrival {
  /** What the login service answered. */
  readonly response: string;
  /** The hash that was shown. */
  readonly hash: string;
}

/** The answer of the login service, out of the address and the history; null where there is none. */
export function takeArrival(): Arrival | null {
  let place = '';
  try {
    place = sessionStorage.getItem(key) ?? '';
    sessionStorage.removeItem(key);
  } catch {
    // There is no storage: then there was no way there either.
  }
  const answer = new URLSearchParams(location.hash.slice(1));
  if (!answer.has('state') || !(answer.has('code') || answer.has('error')) || answer.has('vaults') || answer.has('job')) return null;
  const [, search = '', hash = ''] = /^(\?[^#]*)?(#.*)?$/s.exec(place) ?? [];
  const response = location.hash;
  history.replaceState(null, '', location.pathname + search);
  return { response, hash };
}

/** What the library keeps of a request for `clientId`, begun and perhaps never ended. */
export function forgetRequests(clientId: string): void {
  try {
    for (const name of Object.keys(sessionStorage)) {
      if (name === 'msal.version' || (name.startsWith('msal.') && `${name} ${sessionStorage.getItem(name)}`.includes(clientId))) sessionStorage.removeItem(name);
    }
    sessionStorage.removeItem(key);
  } catch {
    // There is no storage.
  }
}
