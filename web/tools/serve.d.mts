export const types: Readonly<Record<string, string>>;
export function security_headers(options: { endpoints: string[]; logins?: string[] }): Record<string, string>;
export function public_headers(): Record<string, string>;
export function serve_page(options: {
  port?: number;
  host?: string;
  config: unknown;
  folder?: string;
  lib?: string;
  extra?: Record<string, string>;
  logins?: string[];
  change?: (headers: Record<string, string>) => Record<string, string>;
}): Promise<{ url: string; close(): Promise<void> }>;
