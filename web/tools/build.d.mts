export const dist: string;
/** The same with the module under assertions and a checked heap. */
export const checked_dist: string;
export function build(options?: { checked?: boolean; minify?: boolean }): Promise<string>;
export function load_simulator(): Promise<{ hostSimulator: unknown }>;
