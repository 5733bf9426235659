import type { AttributeValue, TokenAttribute } from '@aracari/api';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { type AttributeReading, readAttributeValue } from './attribute-value.js';
import { refuseLocally } from '../submission.js';
import { nameOfType } from './attribute-types.js';

type Control = HTMLElement & { value: string | string[] | null };

/** One input for one registered attribute: its kind follows the attribute's type. Labelled with the attribute's name. */
@customElement('app-attribute-input')
export class AppAttributeInput extends LitElement {
  @property({ attribute: false }) attribute!: TokenAttribute;
  /** Why the last value was refused. */
  @property({ attribute: false }) refused?: string;
  @query('.control') private control!: Control;

  static override styles = [baseStyles, formStyles];

  read(): AttributeReading {
    return readAttributeValue(this.attribute, this.control.value ?? '');
  }

  override focus(): void {
    this.control.focus();
  }

  override render() {
    const { name, type, list } = this.attribute;
    const shape = `control ${this.refused ? 'refused' : ''}`;
    if (list) return this.#renderList(shape);
    if (type === 'boolean') return this.#renderBoolean(shape);
    const kind = inputKinds[type];
    return html`<wa-input
      class=${shape}
      label=${name}
      type=${kind}
      step=${kind === 'number' ? (type === 'integer' ? 1 : 'any') : kind === 'datetime-local' ? 1 : nothing}
      autocomplete="off"
      spellcheck="false"
      hint=${this.#hint}
    ></wa-input>`;
  }

  #renderList(shape: string) {
    return html`<wa-tag-input
      class=${shape}
      label=${this.attribute.name}
      delimiter=",
"
      placeholder="One, two, …"
      spellcheck="false"
      hint=${this.#hint}
    ></wa-tag-input>`;
  }

  #renderBoolean(shape: string) {
    return html`<wa-select
      class=${shape}
      label=${this.attribute.name}
      placeholder="Not set"
      with-clear
      hint=${this.#hint}
    >
      <wa-option value="true">true</wa-option>
      <wa-option value="false">false</wa-option>
    </wa-select>`;
  }

  get #hint(): string {
    const { type, list, required } = this.attribute;
    const kind = list ? `List of ${nameOfType(type)}` : nameOfType(type);
    return this.refused ?? (required ? `${kind}, required` : kind);
  }
}

const inputKinds = {
  string: 'text',
  integer: 'number',
  numeric: 'number',
  date: 'date',
  datetime: 'datetime-local',
} as const;

/** The values of all attribute inputs of a form. One that cannot be read is refused at `path` and its name. */
export function readAttributes(form: ParentNode, path: string): Record<string, AttributeValue> {
  const values: [string, AttributeValue][] = [];
  for (const input of form.querySelectorAll<AppAttributeInput>('app-attribute-input')) {
    const reading = input.read();
    if (reading.kind === 'wrong')
      throw refuseLocally(`${path}.${input.attribute.name}`, reading.why);
    if (reading.kind === 'value') values.push([input.attribute.name, reading.value]);
  }
  return Object.fromEntries(values);
}
