/** What an operation says at its end beyond a job's name (AZURE.md §3), read from the fields the model has no name for. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Property } from '../../engine/api.ts';
import type { JobView } from '../view.ts';
import { type Fact, factList } from './facts.ts';

export interface ValidationResult {
  readonly code: string;
  readonly message: string;
  readonly recommendations: readonly string[];
}

export interface OperationInfo {
  readonly validation: readonly ValidationResult[];
  readonly recoveryPoint: readonly Fact[];
  /** How many scripts for item-level recovery were made; what is in them never crosses. */
  readonly scripts: number;
}

export function operationInfo(other: readonly Property[]): OperationInfo {
  const validation = new Map<string, { code: string; message: string; recommendations: string[] }>();
  const recoveryPoint: Fact[] = [];
  const scripts = new Set<string>();
  for (const { name, value } of other) {
    const [, index, field] = /\/validationResults\/(\d+)\/(\w+)/.exec(name) ?? [];
    if (index !== undefined && value !== null) {
      const result = validation.get(index) ?? { code: '', message: '', recommendations: [] };
      validation.set(index, result);
      if (field === 'code' || field === 'message') result[field] = value;
      else if (field === 'recommendations') result.recommendations.push(value);
    }
    const [, point] = /^\/properties\/updatedRecoveryPoint\/(.+)/.exec(name) ?? [];
    if (point && value !== null && value !== 'null') recoveryPoint.push([point, value]);
    const [, script] = /\/clientScripts\/(\d+)\//.exec(name) ?? [];
    if (script) scripts.add(script);
  }
  return { validation: [...validation.values()], recoveryPoint, scripts: scripts.size };
}

export function operationInfoPart(other: readonly Property[], view: JobView): (TemplateResult | typeof nothing)[] {
  const text = view.text.operationInfo;
  const { validation, recoveryPoint, scripts } = operationInfo(other);
  return [
    validation.length > 0
      ? html`<section class="errors warnings" aria-labelledby="validation">
          <h3 id="validation">${text.validation}</h3>
          ${validation.map(
            ({ code, message, recommendations }) => html`<div class="error" lang="">
              <p class="lines">${message} <small>${code}</small></p>
              ${recommendations.length > 0 ? html`<ul>${recommendations.map((action) => html`<li class="lines">${action}</li>`)}</ul>` : nothing}
            </div>`,
          )}
        </section>`
      : nothing,
    factList(recoveryPoint, text.recoveryPoint, 'recovery-point'),
    scripts > 0 ? html`<p><strong>${text.scripts(scripts)}.</strong> <span class="quiet">${text.scriptsHelp}</span></p>` : nothing,
  ];
}
