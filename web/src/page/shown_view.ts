/** The element that shows what is listed, and the keys of a single character that the page takes for it wherever the focus is. */
import { onShortcut, type ShortcutHost } from '../elements/jobs/shortcuts.ts';

export const shownView = () => document.querySelector<HTMLElement & ShortcutHost>('azure-backup-jobs, azure-backup-items, azure-backup-failures');

export function takeKeys(): void {
  document.addEventListener('keydown', (event) => {
    const view = shownView();
    if (view) onShortcut(event, view);
  });
}
