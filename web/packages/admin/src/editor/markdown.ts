import { html, nothing, type TemplateResult } from 'lit';
import { marked, type Token, type Tokens } from 'marked';

/** What the lexer gives, but the kinds that are shown as they were written. */
type KnownToken =
  | Tokens.Heading
  | Tokens.Paragraph
  | Tokens.Blockquote
  | Tokens.List
  | Tokens.Code
  | Tokens.Hr
  | Tokens.Br
  | Tokens.Strong
  | Tokens.Em
  | Tokens.Del
  | Tokens.Codespan
  | Tokens.Link
  | Tokens.Text
  | Tokens.Space
  | Tokens.Def
  | Tokens.Escape
  | Tokens.Image
  | Tokens.HTML
  | Tokens.Table;

/** Markdown as a picture of elements: never of HTML, which is shown as the text that it is. */
export function renderMarkdown(text: string): TemplateResult {
  return html`${renderAll(marked.lexer(text))}`;
}

/** The address where a link may lead; undefined for scripts and whatever else is no page or mailbox. */
export function safeAddress(href: string): string | undefined {
  return /^(https?:\/\/|mailto:)/i.test(href.trim()) ? href.trim() : undefined;
}

function renderAll(tokens: Token[] | undefined): unknown {
  return (tokens ?? []).map((token) => renderToken(token as KnownToken));
}

function renderToken(token: KnownToken): unknown {
  switch (token.type) {
    case 'heading':
      return renderHeading(token);
    case 'paragraph':
      return html`<p>${renderAll(token.tokens)}</p>`;
    case 'blockquote':
      return html`<blockquote>${renderAll(token.tokens)}</blockquote>`;
    case 'list':
      return renderList(token);
    case 'code':
      return html`<pre><code>${token.text}</code></pre>`;
    case 'hr':
      return html`<hr />`;
    case 'br':
      return html`<br />`;
    case 'strong':
      return html`<strong>${renderAll(token.tokens)}</strong>`;
    case 'em':
      return html`<em>${renderAll(token.tokens)}</em>`;
    case 'del':
      return html`<del>${renderAll(token.tokens)}</del>`;
    case 'codespan':
      return html`<code>${unescape(token.text)}</code>`;
    case 'link':
      return renderLink(token);
    case 'text':
      return 'tokens' in token && token.tokens ? renderAll(token.tokens) : unescape(token.text);
    case 'space':
    case 'def':
      return nothing;
    case 'escape':
    case 'image':
      return unescape(token.text);
    default:
      return token.raw;
  }
}

function renderHeading({ depth, tokens }: Tokens.Heading): TemplateResult {
  const content = renderAll(tokens);
  if (depth === 1) return html`<h2 class="large">${content}</h2>`;
  return depth === 2 ? html`<h3>${content}</h3>` : html`<h4>${content}</h4>`;
}

function renderList({ ordered, items }: Tokens.List): TemplateResult {
  const entries = items.map((item) => html`<li>${renderAll(item.tokens)}</li>`);
  return ordered
    ? html`<ol>
        ${entries}
      </ol>`
    : html`<ul>
        ${entries}
      </ul>`;
}

function renderLink({ href, tokens }: Tokens.Link): unknown {
  const address = safeAddress(href);
  if (!address) return renderAll(tokens);
  return html`<a href=${address} target="_blank" rel="noopener noreferrer"
    >${renderAll(tokens)}</a
  >`;
}

/** The lexer writes some characters as entities, for those who make HTML of it. */
function unescape(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
