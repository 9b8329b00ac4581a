/** What went wrong with a sign-in: of a kind that the page has words for, and in the words of whoever said it. */

export type TroubleKind = 'cancelled' | 'consent' | 'tenant' | 'registration' | 'unreachable' | 'again' | 'failed';

export interface Trouble {
  readonly kind: TroubleKind;
  /** Text of the login service or of the library, as it came. */
  readonly detail: string;
}

// The codes are Entra's, and tell more than the words, which are OAuth's and the library's.
const kinds: readonly (readonly [TroubleKind, RegExp])[] = [
  ['unreachable', /\b(network_error|no_network_connectivity|post_request_failed|get_request_failed|endpoints_resolution_error|openid_config_error|timed_out|temporarily_unavailable|server_error)\b/],
  ['consent', /\b(AADSTS(65001|90094|90097|900941|90095)|consent_required)\b/],
  ['tenant', /\bAADSTS(50020|50034|50105|50194|90002|500011|500021|50128|51004|700016|90072)\b/],
  ['registration', /\b(AADSTS(50011|9002326|9002325|7000218|700054|500113)|redirect_uri_mismatch|invalid_client|unauthorized_client)\b/],
  ['cancelled', /\b(user_cancelled|AADSTS65004|access_denied)\b/],
  ['again', /\b(interaction_required|login_required|invalid_grant|no_tokens_found|refresh_token_expired|bad_token|no_account_error)\b/],
];

export function troubleOf(error: unknown): Trouble {
  const { errorCode = '', errorMessage = '', message = '' } = (error ?? {}) as { readonly errorCode?: string; readonly errorMessage?: string; readonly message?: string };
  const said = errorMessage || message || (error instanceof Error ? '' : String(error));
  const detail = (said.includes(errorCode) ? said : `${errorCode}: ${said}`).slice(0, 600);
  return { kind: kinds.find(([, pattern]) => pattern.test(`${errorCode} ${said}`))?.[0] ?? 'failed', detail };
}
