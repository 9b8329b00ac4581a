/** What is different where the page was opened from disk: its origin is "null", and a server may refuse that by answering without the header that lets a page read. */
import type { Contact } from '../engine/api.ts';

/**
 * Whether a refusal of the origin may be why nothing is heard: scripts see it as any other failure of the network. Not where some answer was read, nor offline, nor
 * on a page that has an origin. `contacts`: of all that is watched.
 */
export function mayBeRefusedOrigin(origin: string, online: boolean, contacts: readonly Pick<Contact, 'error' | 'answeredAt'>[]): boolean {
  return origin === 'null' && online && contacts.every(({ answeredAt }) => answeredAt === null) && contacts.some(({ error }) => error?.code === 'network');
}
