export function one_file_for(html: string, settings: { readonly endpoint: string } & Record<string, unknown>): string;
