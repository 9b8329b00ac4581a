/** One family of 16 px marks: a shape of its own for every status, so that colour is never needed. */
import { svg, type SVGTemplateResult } from 'lit-html';
import type { JobState } from '../engine/boundary.ts';

const frame = (content: SVGTemplateResult) =>
  svg`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">${content}</svg>`;

const ring = svg`<circle cx="8" cy="8" r="6.5" />`;
const dashedRing = svg`<circle cx="8" cy="8" r="6" stroke-dasharray="2 2.7" stroke-linecap="butt" />`;

export const statusIcons: Record<JobState, SVGTemplateResult> = {
  'not-started': frame(dashedRing),
  'in-progress': frame(svg`
    <circle cx="8" cy="8" r="6" stroke-width="2" opacity=".25" />
    <path class="spin" d="M8 2a6 6 0 0 1 6 6" stroke-width="2" />`),
  cancelling: frame(svg`${dashedRing}<path d="M4.5 11.5l7-7" />`),
  completed: frame(svg`${ring}<path d="M5 8.2l2.1 2.1L11 6" />`),
  'completed-with-warnings': frame(svg`
    <path d="M8 1.5l7 12.5H1z" fill="currentColor" stroke="none" />
    <path d="M8 6v3.6M8 11.6v.2" stroke="var(--_surface)" />`),
  failed: frame(svg`
    <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor" stroke="none" />
    <path d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8" stroke="var(--_surface)" />`),
  cancelled: frame(svg`${ring}<path d="M3.6 12.4l8.8-8.8" />`),
  unknown: frame(svg`
    <circle cx="8" cy="8" r="6.5" stroke-dasharray="3 1.6" stroke-linecap="butt" />
    <path d="M6 6.4a2 2 0 1 1 2.9 1.8c-.6.3-.9.6-.9 1.2M8 11.4v.2" />`),
};

export const refreshIcon = frame(svg`
  <path d="M13 8a5 5 0 1 1-1.5-3.6" />
  <path d="M13.2 1.8v3h-3" />`);
