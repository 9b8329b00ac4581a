export const root: string;
export function program_of(group: 'hosting'): string | undefined;
