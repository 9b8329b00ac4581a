export const room: string;
export const unpacked: string;
export const unpacked_lib: string;
export function install_consumers(): void;
export function pack(): { filename: string; size: number; entryCount: number; files: { path: string; size: number }[] };
