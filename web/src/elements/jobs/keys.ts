/** What every key does, in a dialog; and the way to do without those that are a single character. Loaded when it is asked for. */
import { html, render } from 'lit-html';
import { en_keys, type KeyMessages } from '../../messages/en_keys.ts';
import { openModal } from '../announcer.ts';
import { css } from '../css.ts';
import type { JobView } from '../view.ts';

export interface KeysHost {
  readonly renderRoot: ShadowRoot;
  /** 'off': none of a single character. */
  keys: string;
}

/** A key, and what it does. */
export type KeyRows = readonly (readonly [string, string])[];

export const keysStyles = css`
  dialog.keys {
    min-width: min(22rem, calc(100vw - 2rem));
    padding: 16px 20px;
    border: 1px solid var(--_line);
    border-radius: 10px;
    background: var(--_surface);
    color: var(--_ink);
  }
  dialog.keys::backdrop {
    background: rgb(0 0 0 / 35%);
  }
  dialog.keys h2 {
    margin: 0 0 12px;
    font-size: 15px;
  }
  dialog.keys dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 6px 16px;
    margin: 0 0 12px;
  }
  dialog.keys dd {
    margin: 0;
  }
  dialog.keys kbd {
    position: static;
  }
  dialog.keys label {
    display: flex;
    gap: 8px;
    margin-block-end: 12px;
  }
`;

/** What keys do: those of a list unless others are named, and `?`. */
export function showKeys(host: KeysHost, { text }: JobView, named?: (keys: KeyMessages['keys']) => KeyRows): void {
  if (host.renderRoot.querySelector('dialog.keys')) return;
  // Every other language has them in its one catalogue.
  const { keys } = { ...en_keys, ...text };
  const rows = named?.(keys) ?? [
    ['↑ ↓', keys.move],
    ['Home End', keys.ends],
    ['Page ↑ Page ↓', keys.page],
    ['Enter', keys.open],
    ['Esc', keys.back],
    ['/', keys.search],
  ];
  const dialog = document.createElement('dialog');
  dialog.className = 'keys';
  dialog.setAttribute('part', 'keys');
  dialog.setAttribute('aria-labelledby', 'keys-title');
  dialog.lang = text.locale;
  dialog.addEventListener('close', () => dialog.remove());
  // What is typed in it is not for the list.
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  render(
    html`<h2 id="keys-title">${keys.title}</h2>
      <dl>${[...rows, ['?', keys.help]].map(([key, does]) => html`<dt><kbd>${key}</kbd></dt><dd>${does}</dd>`)}</dl>
      <label><input type="checkbox" part="single-keys" .checked=${host.keys !== 'off'} @change=${(event: Event) => (host.keys = (event.target as HTMLInputElement).checked ? '' : 'off')} /> ${keys.turnOff}</label>
      <button type="button" part="keys-close" @click=${() => dialog.close()}>${keys.close}</button>`,
    dialog,
  );
  host.renderRoot.append(dialog);
  openModal(dialog);
}
