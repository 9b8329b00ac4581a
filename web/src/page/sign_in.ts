/** Signing in with Microsoft Entra, in this window: there and back again. */
import type { AccountInfo } from '@azure/msal-browser';
import type { TokenRequest } from '../engine/api.ts';
import { loginFor } from './clouds.ts';
import type { SignInConfig } from './config.ts';
import type { Client } from './msal.ts';
import { type Arrival, forgetRequests, keepPlace, pageAddress } from './place.ts';
import { type Trouble, troubleOf } from './trouble.ts';

/** 'leaving' for the login service, 'returning' from it. */
export type Stage = 'out' | 'leaving' | 'returning' | 'in';

export class SignIn {
  stage: Stage = 'out';
  /** Why the last way there failed. */
  problem: Trouble | null = null;
  /** Why the service wants to see a person again. Until it has, no token is asked for. */
  wanted: Trouble | null = null;
  /** Someone has just signed out here. */
  justLeft = false;
  readonly #settings: SignInConfig;
  readonly #endpoint: string;
  readonly #changed: () => void;
  #client: Promise<Client> | undefined;
  #account: AccountInfo | null = null;
  /** Of the last challenge, as JSON: the next sign-in has to satisfy it. */
  #claims = '';

  constructor(settings: SignInConfig, endpoint: string, changed: () => void) {
    this.#settings = settings;
    this.#endpoint = endpoint;
    this.#changed = changed;
  }

  get isIn(): boolean {
    return this.#account !== null;
  }

  /** As the account calls itself; empty where nobody is signed in. */
  get name(): string {
    return this.#account ? this.#account.username || this.#account.name || this.#account.localAccountId : '';
  }

  /** Whether the settings tell where to sign in. */
  get isSetUp(): boolean {
    return this.#login !== null;
  }

  get #login() {
    return loginFor(this.#endpoint, this.#settings);
  }

  get #redirectUri(): string {
    return this.#settings.redirectUri ?? pageAddress();
  }

  async #make(leaving: boolean): Promise<Client> {
    const login = this.#login;
    if (!login) throw new Error('config.json: signIn');
    const { openClient } = await import('./msal.ts');
    return openClient(this.#settings, login, this.#redirectUri, leaving);
  }

  async #open(): Promise<Client> {
    this.#client ??= this.#make(false);
    try {
      return await this.#client;
    } catch (error) {
      this.#client = undefined;
      throw error;
    }
  }

  #enter(stage: Stage, problem: Trouble | null = null): void {
    this.stage = stage;
    this.problem = problem;
    this.#changed();
  }

  /** Leaves for the login service; comes back only where that fails. */
  async begin(): Promise<void> {
    const { justLeft } = this;
    this.#enter('leaving');
    try {
      forgetRequests(this.#settings.clientId);
      const client = await this.#make(true);
      keepPlace();
      await client.acquireTokenRedirect({
        scopes: this.#login?.scopes ?? [],
        redirectStartPage: this.#redirectUri,
        ...(this.#account ? { loginHint: this.#account.username } : {}),
        ...(this.#claims ? { claims: this.#claims } : {}),
        // Who has signed out is not signed in again unasked.
        ...(justLeft ? { prompt: 'select_account' } : {}),
      });
    } catch (error) {
      forgetRequests(this.#settings.clientId);
      this.#enter(this.isIn ? 'in' : 'out', troubleOf(error));
    }
  }

  /** Goes on with the login service's answer, where there is one; the caller shows what came of it. */
  async arrive(arrival: Arrival | null): Promise<void> {
    if (arrival) {
      this.#enter('returning');
      try {
        const client = await this.#open();
        // An answer that nobody here has asked for is null.
        const result = await client.handleRedirectPromise({ hash: arrival.response, navigateToLoginRequestUrl: false });
        this.#account = result?.account ?? null;
      } catch (error) {
        this.problem = troubleOf(error);
      }
      this.stage = this.isIn ? 'in' : 'out';
    }
    // Of a request that was begun and never ended, too.
    forgetRequests(this.#settings.clientId);
  }

  async getToken({ claims = '', forceRefresh = false }: TokenRequest): Promise<string> {
    if (claims) this.#claims = decoded(claims);
    if (this.wanted) throw new Error(this.wanted.detail);
    const [client, { withoutFrame }] = await Promise.all([this.#open(), import('./msal.ts')]);
    try {
      const { accessToken } = await client.acquireTokenSilent({
        scopes: this.#login?.scopes ?? [],
        ...(this.#account ? { account: this.#account } : {}),
        ...(claims ? { claims: this.#claims } : {}),
        forceRefresh,
        cacheLookupPolicy: withoutFrame,
      });
      return accessToken;
    } catch (error) {
      const trouble = troubleOf(error);
      // A network that fails comes back by itself; everything else needs a person.
      if (this.isIn && trouble.kind !== 'unreachable') {
        this.wanted = trouble;
        this.#claims = (error as { readonly claims?: string }).claims || this.#claims;
        this.#changed();
      }
      throw new Error(trouble.detail);
    }
  }

  /** Forgets everyone, here: the library's tokens and what it kept. The browser may still be signed in with the login service. */
  async leave(): Promise<void> {
    const client = this.#client;
    this.justLeft = this.isIn;
    this.#client = undefined;
    this.#account = null;
    this.#claims = '';
    this.wanted = null;
    forgetRequests(this.#settings.clientId);
    this.#enter('out');
    await (await client?.catch(() => undefined))?.clearCache();
  }

  /** Signs out with the login service, too: it has its own page for that. */
  async leaveThere(): Promise<void> {
    this.#enter('leaving');
    try {
      const client = await this.#make(true);
      await client.logoutRedirect({ postLogoutRedirectUri: null });
    } catch (error) {
      this.#enter('out', troubleOf(error));
    }
  }
}

/** The engine hands a challenge's claims on as they came. */
function decoded(claims: string): string {
  try {
    return atob(claims.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return '';
  }
}
