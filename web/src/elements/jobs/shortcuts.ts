/** Keys of a single character: `/` to search, `?` for help. */

export interface ShortcutHost {
  /** 'off': none of them. */
  keys: string;
  /** Not where there is nothing to search for. */
  focusSearch?(): void;
  showKeys(): void;
}

/** Does what the key is for, unless it is typed into something. */
export function onShortcut(event: KeyboardEvent, host: ShortcutHost): void {
  const [target] = event.composedPath();
  const isTyped = target instanceof HTMLElement && target.matches('input, select, textarea');
  if (!'/?'.includes(event.key) || host.keys === 'off' || isTyped || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
  if (event.key === '?') host.showKeys();
  else if (host.focusSearch) host.focusSearch();
  else return;
  event.preventDefault();
}
