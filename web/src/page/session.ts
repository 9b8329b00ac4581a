/** Who asks: someone signed in, or a token that was pasted. Either is held in this module's memory and nowhere else. */
import type { TokenRequest } from '../engine/api.ts';
import type { Config } from './config.ts';
import { SignIn } from './sign_in.ts';
import { expiryOf, soon } from './token_expiry.ts';

export class Session {
  /** Where config.json tells of an app to sign in with. */
  readonly signIn: SignIn | null;
  readonly isSimulated: boolean;
  readonly #changed: () => void;
  #pasted = '';
  #expires: number | null = null;
  #clock: ReturnType<typeof setInterval> | undefined;

  constructor({ endpoint, signIn, simulated }: Config, changed: () => void) {
    this.#changed = changed;
    this.isSimulated = !!simulated;
    // What the one-file page has no use for is not in it.
    this.signIn = !ONE_FILE && signIn && !simulated ? new SignIn(signIn, endpoint, changed) : null;
    if (simulated) this.#pasted = simulated.token;
  }

  /** There is someone to ask as. */
  get isOpen(): boolean {
    return this.#pasted !== '' || !!this.signIn?.isIn;
  }

  get isPasted(): boolean {
    return this.#pasted !== '' && !this.isSimulated;
  }

  /** How long the pasted token has left, in ms, at most 0 where it has ended; null where nothing says so. By this computer's clock. */
  get left(): number | null {
    return this.#expires === null ? null : this.#expires - Date.now();
  }

  get endsSoon(): boolean {
    return this.left !== null && this.left < soon;
  }

  getToken(request: TokenRequest): string | Promise<string> {
    return this.#pasted || (this.signIn?.isIn ? this.signIn.getToken(request) : '');
  }

  paste(token: string): void {
    this.#pasted = token;
    this.#expires = expiryOf(token);
    clearInterval(this.#clock);
    if (this.#expires !== null) this.#clock = setInterval(this.#changed, 15_000);
  }

  /** Nobody asks any more, and nothing of whoever did is kept. */
  async end(): Promise<void> {
    this.#pasted = '';
    this.#expires = null;
    clearInterval(this.#clock);
    await this.signIn?.leave();
  }
}
