import { defineElement } from '@aracari/charts';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { lexer, type Token, type Tokens } from 'marked';

type Piece = TemplateResult | string;

/**
 * A text in Markdown. Its parts become elements one by one and its words become text, so what is HTML in it stays to be
 * read as such. Pictures are not loaded; links lead to web and mail addresses only.
 */
export class AracariText extends LitElement {
  @property() text = '';

  protected override render(): TemplateResult {
    return html`<div class="text">${renderAll(lexer(this.text, { gfm: true }))}</div>`;
  }

  static override readonly styles = css`
    :host {
      display: block;
      color: var(--_text);
      font-size: 14px;
      line-height: 22px;
      overflow-wrap: anywhere;
    }
    .text > :first-child {
      margin-top: 0;
    }
    .text > :last-child {
      margin-bottom: 0;
    }
    h3,
    h4,
    h5 {
      margin: 16px 0 6px;
      font-weight: 600;
      letter-spacing: -0.01em;
      line-height: 1.35;
    }
    h3 {
      font-size: 18px;
    }
    h4 {
      font-size: 15px;
    }
    h5 {
      font-size: 14px;
    }
    p,
    ul,
    ol,
    blockquote,
    pre,
    table {
      margin: 8px 0;
    }
    ul,
    ol {
      padding-inline-start: 22px;
    }
    a {
      color: var(--_accent);
    }
    a:focus-visible {
      outline: 2px solid var(--_accent);
      outline-offset: 2px;
    }
    blockquote {
      padding-inline-start: 12px;
      border-inline-start: 3px solid var(--_border);
      color: var(--_muted);
    }
    code {
      padding: 1px 4px;
      border-radius: 4px;
      background: var(--_hover);
      font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
      font-size: 0.9em;
    }
    pre {
      padding: 10px 12px;
      overflow: auto;
      border-radius: 8px;
      background: var(--_hover);
    }
    pre code {
      padding: 0;
      background: none;
    }
    hr {
      height: 1px;
      border: 0;
      background: var(--_border);
    }
    table {
      border-collapse: collapse;
    }
    th,
    td {
      padding: 4px 12px 4px 0;
      border-bottom: 1px solid var(--_grid);
      text-align: start;
    }
  `;
}

function renderAll(tokens: readonly Token[] = []): Piece[] {
  return tokens.map(renderToken);
}

/** Of a kind that is not known, and of HTML, the text itself. */
function renderToken(token: Token): Piece {
  const inner = () => renderAll('tokens' in token ? token.tokens : []);
  switch (token.type) {
    case 'space':
    case 'def':
      return '';
    case 'paragraph':
      return html`<p>${inner()}</p>`;
    case 'heading':
      return renderHeading(token as Tokens.Heading, inner());
    case 'strong':
      return html`<strong>${inner()}</strong>`;
    case 'em':
      return html`<em>${inner()}</em>`;
    case 'del':
      return html`<s>${inner()}</s>`;
    case 'codespan':
      return html`<code>${token.text as string}</code>`;
    case 'code':
      return html`<pre><code>${token.text as string}</code></pre>`;
    case 'blockquote':
      return html`<blockquote>${inner()}</blockquote>`;
    case 'list':
      return renderList(token as Tokens.List);
    case 'table':
      return renderTable(token as Tokens.Table);
    case 'hr':
      return html`<hr />`;
    case 'br':
      return html`<br />`;
    case 'link':
      return renderLink(token as Tokens.Link, inner());
    case 'text':
      return html`${'tokens' in token && token.tokens ? inner() : (token.text as string)}`;
    case 'escape':
      return token.text as string;
    default:
      return token.raw;
  }
}

/** Below the dashboard's name, which is the second level. */
function renderHeading({ depth }: Tokens.Heading, inner: Piece[]): TemplateResult {
  if (depth === 1) return html`<h3>${inner}</h3>`;
  return depth === 2 ? html`<h4>${inner}</h4>` : html`<h5>${inner}</h5>`;
}

function renderList({ ordered, start, items }: Tokens.List): TemplateResult {
  const rows = items.map((item) => html`<li>${renderAll(item.tokens)}</li>`);
  return ordered
    ? html`<ol start=${Number(start) || 1}>
        ${rows}
      </ol>`
    : html`<ul>
        ${rows}
      </ul>`;
}

function renderTable({ header, rows }: Tokens.Table): TemplateResult {
  return html`<table>
    <thead>
      <tr>
        ${header.map(({ tokens }) => html`<th scope="col">${renderAll(tokens)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map(({ tokens }) => html`<td>${renderAll(tokens)}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** In a page of its own: the host's page stays. */
function renderLink({ href, raw }: Tokens.Link, inner: Piece[]): Piece {
  return /^(https?:\/\/|mailto:)/i.test(href)
    ? html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${inner}</a>`
    : raw;
}

defineElement('aracari-text', AracariText);

declare global {
  interface HTMLElementTagNameMap {
    'aracari-text': AracariText;
  }
}
