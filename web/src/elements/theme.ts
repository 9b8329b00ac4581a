/**
 * The palette (light and dark) behind about twenty custom properties, and the base every element shares.
 * A host overrides --backup-jobs-*; the elements read --_*. The host's `color-scheme` decides between light and dark; browsers without
 * light-dark() (before Chrome 123 and Safari 17.5) go by the user's preference.
 */
import { css } from './css.ts';

/** name: [light, dark]. Text colours pass 4.5:1 on surface and sunken, marks 3:1. */
const palette = {
  'surface': ['#ffffff', '#1c1f24'],
  'sunken': ['#f1f3f6', '#181a1f'],
  'line': ['#e3e6eb', '#2c3038'],
  'control-line': ['#858c96', '#767e8a'],
  'soft-line': ['#eef0f3', '#24272e'],
  'ink': ['#1b1f24', '#e8eaed'],
  'ink-2': ['#555c66', '#a5acb8'],
  'ink-3': ['#656d78', '#8b93a1'],
  'accent': ['#0b5cad', '#6cb2ff'],
  'accent-soft': ['#e8f1fb', '#17293d'],
  'on-accent': ['#ffffff', '#0e141b'],
  'failed': ['#b3261e', '#ff8a80'],
  'failed-soft': ['#fdecea', '#3a1d1c'],
  'warning': ['#8a5a00', '#f0b849'],
  'warning-soft': ['#fdf3dc', '#33280f'],
  'completed': ['#1b6e3c', '#6fce94'],
} as const;

const colours = (value: (light: string, dark: string) => string) =>
  Object.entries(palette)
    .map(([name, [light, dark]]) => `--_${name}: var(--backup-jobs-${name}, ${value(light, dark)});`)
    .join('');

const base = css`
  :host {
    --_radius: var(--backup-jobs-radius, 6px);
    --_card-radius: var(--backup-jobs-card-radius, 10px);
    --_font: var(--backup-jobs-font, 'Segoe UI Variable', 'Segoe UI', system-ui, sans-serif);

    display: block;
    color: var(--_ink);
    font: 13.5px/20px var(--_font);
    font-variant-numeric: tabular-nums;
    text-align: start;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  h2,
  h3,
  p,
  dl,
  dd,
  ul,
  ol {
    margin: 0;
    padding: 0;
  }

  svg {
    display: block;
    flex: none;
  }

  button {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 32px;
    padding: 4px 12px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: inherit;
    font: inherit;
    cursor: pointer;
  }

  button:hover {
    background: var(--_sunken);
  }

  button:focus-visible,
  summary:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  button[disabled] {
    color: var(--_ink-3);
    cursor: default;
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .spin {
    transform-origin: 8px 8px;
    animation: spin 1.2s linear infinite;
  }

  @keyframes spin {
    to {
      transform: rotate(1turn);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .spin {
      animation: none;
    }
  }
`;

// Built from the constants above alone.
export const theme = `
  :host { ${colours((light) => light)} }
  @media (prefers-color-scheme: dark) { :host { ${colours((_, dark) => dark)} } }
  @supports (color: light-dark(#000, #fff)) { :host { ${colours((light, dark) => `light-dark(${light}, ${dark})`)} } }
  ${base}`;
