// What the three pages of row 2b are given, and where they say when their rows were in the DOM: milliseconds since the navigation began.
const given = new URLSearchParams(location.search);
export const where = { endpoint: given.get('endpoint'), vault: given.get('vault') };

/** The first row is there. */
export const noted = () => (globalThis.first_row ??= performance.now());

/** Fifty are. */
export function drawn() {
  noted();
  globalThis.fifty_rows = performance.now();
}
