export function serve_page(options: {
  port?: number;
  host?: string;
  config: unknown;
  folder?: string;
  extra?: Record<string, string>;
}): Promise<{ url: string; close(): Promise<void> }>;
