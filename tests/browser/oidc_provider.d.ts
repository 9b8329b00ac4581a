/** What the stand-in for Entra uses of it; the package has no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
  interface Context {
    readonly method: string;
    readonly path: string;
    readonly body: unknown;
    readonly oidc: { readonly params?: Record<string, unknown>; readonly body?: Readonly<Record<string, string>> };
  }
  interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }
  class Prompt {
    constructor(of: { readonly name: string; readonly requestable: boolean });
  }
  export const interactionPolicy: { readonly Prompt: typeof Prompt; base(): { add(prompt: Prompt, at: number): void } };
  export default class Provider {
    constructor(issuer: string, configuration: object);
    readonly Grant: new (of: { accountId: string; clientId: string }) => Grant;
    callback(): RequestListener;
    on(event: 'grant.success' | 'authorization.accepted', listener: (context: Context) => void): this;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
  }
}
