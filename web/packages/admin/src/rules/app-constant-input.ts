import type { ColumnType, Constant } from '@aracari/api';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { nameOfType } from '../settings/attribute-types.js';
import { readConstant, typedConstant } from './constants.js';
import { ruleStyles } from './rule-styles.js';

/** Longer lists are edited as text: thousands of chips would make the page slow. */
const mostChips = 100;

/**
 * One constant, or a list of them as chips, in an input of its type.
 * @fires app-changed - Detail is the list of constants.
 */
@customElement('app-constant-input')
export class AppConstantInput extends LitElement {
  @property({ attribute: false }) type: ColumnType = 'string';
  @property({ attribute: false }) values: Constant[] = [];
  @property({ type: Boolean }) list = false;
  @property() label = 'Value';
  @property({ attribute: false }) refused?: string;

  static override styles = [baseStyles, formStyles, ruleStyles];

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.control')?.focus();
  }

  override render() {
    const shape = `control ${this.refused ? 'refused' : ''}`;
    if (this.list) return this.#renderList(shape);
    if (this.type === 'boolean') return this.#renderBoolean(shape);
    const kind = inputKinds[this.type];
    return html`<wa-input
      class=${shape}
      size="s"
      label=${this.label}
      type=${kind}
      step=${kind === 'number' ? (this.type === 'integer' ? 1 : 'any') : kind === 'datetime-local' ? 1 : nothing}
      placeholder=${nameOfType(this.type)}
      autocomplete="off"
      spellcheck="false"
      .value=${typedConstant(this.type, this.values[0])}
      hint=${this.refused ?? (this.type === 'datetime' ? 'In UTC' : '')}
      @change=${(event: Event) => this.#typed(String((event.target as HTMLInputElement).value ?? ''))}
    ></wa-input>`;
  }

  #renderList(shape: string) {
    if (this.values.length > mostChips) return this.#renderLines(shape);
    return html`<wa-tag-input
      class=${shape}
      size="s"
      label=${this.label}
      delimiter=",
"
      placeholder="One, two, …"
      spellcheck="false"
      .value=${this.values.map((value) => typedConstant(this.type, value))}
      hint=${this.refused ?? ''}
      @change=${(event: Event) => this.#listed((event.target as unknown as { value: string[] }).value)}
    ></wa-tag-input>`;
  }

  #renderLines(shape: string) {
    return html`<wa-textarea
      class=${shape}
      size="s"
      label=${this.label}
      rows="6"
      spellcheck="false"
      .value=${this.values.map((value) => typedConstant(this.type, value)).join('\n')}
      hint=${this.refused ?? `${this.values.length} values, one a line`}
      @change=${(event: Event) => this.#listed(linesOf((event.target as HTMLTextAreaElement).value))}
    ></wa-textarea>`;
  }

  #renderBoolean(shape: string) {
    return html`<wa-select
      class=${shape}
      size="s"
      label=${this.label}
      placeholder="true or false"
      .value=${typedConstant('boolean', this.values[0])}
      hint=${this.refused ?? ''}
      @change=${(event: Event) => this.#typed(String((event.target as HTMLInputElement).value))}
    >
      <wa-option value="true">true</wa-option>
      <wa-option value="false">false</wa-option>
    </wa-select>`;
  }

  #typed(text: string): void {
    // An emptied text is a constant too, as long as the person has been here.
    this.#tell([readConstant(this.type, text)]);
  }

  #listed(texts: string[]): void {
    this.#tell(texts.map((text) => readConstant(this.type, text)));
  }

  #tell(values: Constant[]): void {
    this.dispatchEvent(new CustomEvent('app-changed', { detail: values }));
  }
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

const inputKinds = {
  string: 'text',
  integer: 'number',
  numeric: 'number',
  date: 'date',
  datetime: 'datetime-local',
} as const;
