export const dist: string;
export function build(options?: { checked?: boolean; minify?: boolean }): Promise<string>;
export function load_simulator(): Promise<{ hostSimulator: unknown }>;
