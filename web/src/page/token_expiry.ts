/** When a pasted token ends, as far as it says so itself. Nothing else is read of it. */

/** In ms; null of a token that is none of three parts, or does not say. */
export function expiryOf(token: string): number | null {
  const payload = token.split('.').length === 3 ? token.split('.')[1] : undefined;
  if (!payload) return null;
  let claims: string;
  try {
    claims = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return null;
  }
  // In a JSON string its quotes would be escaped: this is a name.
  const [, seconds] = /[{,]\s*"exp"\s*:\s*(\d{9,11})(?:\.\d+)?\s*[,}]/.exec(claims) ?? [];
  return seconds ? Number(seconds) * 1000 : null;
}

/** From here on a fresh one is asked for. */
export const soon = 5 * 60_000;
