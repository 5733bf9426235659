import type { TokenRequest } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import '../parts/app-copy.js';
import { type SnippetLanguage, snippetWriters } from './snippets.js';

/** Code to paste: the embed for the page, and the request for the backend. */
@customElement('app-token-snippets')
export class AppTokenSnippets extends LitElement {
  @property({ attribute: false }) request!: TokenRequest;
  @property() token = '';
  @property() dashboardId = '';

  static override styles = [
    baseStyles,
    css`
      wa-tab::part(base) {
        padding: 0.55rem 0.75rem;
        font-size: var(--wa-font-size-s);
      }
      wa-tab-panel {
        --padding: 0.875rem 0 0;
      }
      .frame {
        position: relative;
      }
      pre {
        max-height: 24rem;
        padding-block-start: 3rem;
      }
      app-copy {
        position: absolute;
        inset-block-start: 0.5rem;
        inset-inline-end: 0.5rem;
      }
    `,
  ];

  override render() {
    const subject = {
      serverUrl: location.origin,
      dashboardId: this.dashboardId || 'DASHBOARD_ID',
      token: this.token,
      request: this.request,
    };
    const languages = Object.keys(snippetWriters) as SnippetLanguage[];
    return html`<h3>Code</h3>
      <wa-tab-group active="HTML" without-scroll-controls>
        ${languages.map((language) => html`<wa-tab panel=${language}>${language}</wa-tab>`)}
        ${languages.map((language) => {
          const code = snippetWriters[language](subject);
          return html`<wa-tab-panel name=${language}>
            <div class="frame">
              <pre tabindex="0" aria-label="${language} code"><code>${code}</code></pre>
              <app-copy .value=${code} what="snippet"></app-copy>
            </div>
          </wa-tab-panel>`;
        })}
      </wa-tab-group>`;
  }
}
