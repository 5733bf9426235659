import type { AracariError } from '@aracari/api';
import type { Texts } from '@aracari/charts';
import { css, html, nothing, type TemplateResult } from 'lit';
import { warningIcon } from './icons.js';

/** The whole dashboard's error: what happened, for a refused origin which one and where to allow it. */
export function renderFailure(
  error: AracariError,
  texts: Texts,
  retry: () => void,
): TemplateResult {
  return html`
    <div class="failure" part="error" role="alert">
      ${warningIcon}
      <h2>${error.title}</h2>
      <p>${error.detail}</p>
      ${error.code === 'origin_not_authorized' ? renderOrigin(error, texts) : nothing}
      ${canRetry(error) ? html`<button type="button" @click=${retry}>${texts.tryAgain}</button>` : nothing}
      <p class="code">${error.code}${error.requestId ? ` · ${error.requestId}` : ''}</p>
    </div>
  `;
}

function renderOrigin(error: AracariError, texts: Texts): TemplateResult {
  return html`
    <dl>
      <dt>${texts.refusedOrigin}</dt>
      <dd><code>${error.origin ?? location.origin}</code></dd>
      <dt>${texts.allowOriginUnder}</dt>
      <dd>Settings → Embed → Authorized Origins</dd>
    </dl>
  `;
}

/** A bad token stays bad; a server comes back, and an origin may have been allowed in the meantime. */
function canRetry(error: AracariError): boolean {
  return !error.refused || error.code === 'origin_not_authorized';
}

export const failureStyles = css`
  .failure {
    display: grid;
    justify-items: center;
    gap: 6px;
    box-sizing: border-box;
    max-width: 520px;
    margin: 32px auto;
    padding: 32px 28px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    text-align: center;
  }
  .failure svg {
    width: 20px;
    height: 20px;
    margin-bottom: 6px;
    padding: 10px;
    border-radius: 50%;
    background: var(--_danger-surface);
    color: var(--_danger);
  }
  .failure h2 {
    margin: 0;
    font-size: 16px;
    font-weight: 600;
  }
  .failure p {
    margin: 0;
    color: var(--_muted);
    font-size: 14px;
    line-height: 21px;
    overflow-wrap: anywhere;
  }
  .failure dl {
    display: grid;
    gap: 2px;
    justify-self: stretch;
    margin: 12px 0 0;
    padding: 12px 16px;
    border-radius: 8px;
    background: var(--_hover);
    font-size: 13px;
    line-height: 20px;
    text-align: start;
  }
  .failure dt {
    color: var(--_muted);
    font-size: 12px;
  }
  .failure dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .failure dd + dt {
    margin-top: 6px;
  }
  .failure button {
    margin-top: 14px;
    padding: 7px 14px;
    border: 1px solid var(--_border);
    border-radius: 8px;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 13px;
    font-weight: 500;
    cursor: pointer;
  }
  .failure button:hover {
    background: var(--_hover);
  }
  .failure button:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .failure .code {
    margin-top: 10px;
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
    font-size: 11px;
    opacity: 0.8;
  }
  code {
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  }
`;
