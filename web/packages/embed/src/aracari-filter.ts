import type {
  DashboardFilter,
  DatePreset,
  DateRange,
  FilterChoices,
  FilterValue,
  NumberRange,
  Scalar,
} from '@aracari/api';
import { defineElement, formatCount, type Language, languageOf } from '@aracari/charts';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { ChoicesOf } from './aracari-filter-bar.js';
import { filterStyles } from './filter-styles.js';
import { withEnd, withValue } from './filter-values.js';
import { describeFilter, nameValue } from './filter-words.js';
import { checkIcon, crossIcon, downIcon } from './icons.js';

/** While somebody types, the server is not asked for each letter. */
const pauseMilliseconds = 250;

/** One filter: what it keeps, and a box to change it, which opens below. A text to search for needs no box. */
export class AracariFilter extends LitElement {
  @property({ attribute: false }) definition!: DashboardFilter;
  @property({ attribute: false }) value: FilterValue | undefined;
  @property({ attribute: false }) language: Language = languageOf();
  @property({ attribute: false }) choicesOf: ChoicesOf = () => Promise.resolve({});

  @state() private open = false;
  @state() private search = '';
  @state() private choices: FilterChoices | undefined;
  @state() private failed = false;

  @query('.box') private box!: HTMLElement | null;
  @query('.head') private head!: HTMLElement | null;

  #asked = 0;
  #typing: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.#outside);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.#outside);
    clearTimeout(this.#typing);
  }

  protected override render(): TemplateResult {
    if (this.definition.kind === 'search') return this.#renderSearch();
    const { texts } = this.language;
    const { label } = this.definition;
    const told = describeFilter(this.value, this.language);
    const remove = texts.remove(label);
    return html`
      <div class="filter ${told ? 'set' : ''}" @keydown=${this.#key}>
        <button
          class="head"
          type="button"
          aria-haspopup="dialog"
          aria-expanded=${this.open}
          @click=${() => this.#toggle(!this.open)}
        >
          <span class="label">${label}</span>
          <span class="told">${told || texts.all}</span>${downIcon}
        </button>
        ${
          told
            ? html`<button
                class="clear"
                type="button"
                title=${remove}
                aria-label=${remove}
                @click=${() => this.#change(undefined)}
              >
                ${crossIcon}
              </button>`
            : nothing
        }
        ${
          this.open
            ? html`<div class="box" role="dialog" aria-label=${label}>${this.#renderBox()}</div>`
            : nothing
        }
      </div>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('open' as never) && this.open)
      this.box?.querySelector<HTMLElement>('input, button')?.focus();
  }

  #renderBox(): TemplateResult {
    if (this.definition.kind === 'number') return this.#renderNumbers();
    return this.definition.kind === 'date' ? this.#renderDates() : this.#renderValues();
  }

  #renderSearch(): TemplateResult {
    const { label } = this.definition;
    const value = this.value && 'contains' in this.value ? this.value.contains : '';
    return html`
      <label class="filter search ${value ? 'set' : ''}">
        <span class="label">${label}</span>
        <input
          type="search"
          maxlength="200"
          placeholder=${this.language.texts.search}
          .value=${value}
          @input=${(event: Event) => this.#typed(inputOf(event), (text) => this.#change(text ? { contains: text } : undefined))}
        />
      </label>
    `;
  }

  #renderValues(): TemplateResult {
    const { texts } = this.language;
    const chosen = Array.isArray(this.value) ? this.value : [];
    const found = this.choices?.values ?? [];
    // A chosen value that the server no longer knows can still be given up.
    const gone = this.search ? [] : chosen.filter((value) => !found.includes(value));
    return html`
      <input
        type="search"
        maxlength="200"
        placeholder=${texts.searchValues}
        aria-label=${texts.searchValues}
        .value=${this.search}
        @input=${(event: Event) => this.#typed(inputOf(event), (text) => this.#look(text))}
      />
      <div
        class="values"
        role="group"
        aria-label=${this.definition.label}
        aria-busy=${!this.choices}
      >
        ${[...gone, ...found].map((value) => this.#renderValue(value, chosen))}
      </div>
      ${this.failed ? html`<p role="alert">${texts.failed}</p>` : nothing}
      ${this.choices && found.length === 0 ? html`<p>${texts.noMatch}</p>` : nothing}
      ${this.choices?.more ? html`<p>${texts.moreValues}</p>` : nothing}
    `;
  }

  #renderValue(value: Scalar, chosen: readonly Scalar[]): TemplateResult {
    const multiple = this.definition.multiple !== false;
    const has = chosen.includes(value);
    return html`
      <button
        class="value"
        type="button"
        role=${multiple ? 'checkbox' : 'radio'}
        aria-checked=${has}
        @click=${() => this.#change(withValue(chosen, value, multiple))}
      >
        <i>${has ? checkIcon : nothing}</i><span>${nameValue(value, this.language)}</span>
      </button>
    `;
  }

  #renderNumbers(): TemplateResult {
    const range: NumberRange = isRange(this.value) ? (this.value as NumberRange) : {};
    const { least, greatest } = this.choices ?? {};
    const hint = (end: Scalar | undefined) =>
      typeof end === 'number' ? formatCount(end, this.language) : '';
    return this.#renderEnds(
      (side) => html`
        <input
          type="number"
          step="any"
          inputmode="decimal"
          placeholder=${hint(side === 'from' ? least : greatest)}
          .value=${String(range[side] ?? '')}
          @change=${(event: Event) => {
            const text = inputOf(event).value;
            this.#change(withEnd(range, side, text === '' ? undefined : Number(text)));
          }}
        />
      `,
    );
  }

  #renderDates(): TemplateResult {
    const range: DateRange = isRange(this.value) ? (this.value as DateRange) : {};
    const preset = this.value && 'preset' in this.value ? this.value.preset : undefined;
    const { presets } = this.language.texts;
    return html`
      <div class="presets">
        ${(Object.keys(presets) as DatePreset[]).map(
          (name) => html`
            <button
              type="button"
              aria-pressed=${name === preset}
              @click=${() => this.#change(name === preset ? undefined : { preset: name })}
            >
              ${presets[name]}
            </button>
          `,
        )}
      </div>
      ${this.#renderEnds(
        (side) => html`
          <input
            type="date"
            .value=${range[side] ?? ''}
            @change=${(event: Event) =>
              this.#change(withEnd(range, side, inputOf(event).value || undefined))}
          />
        `,
      )}
    `;
  }

  #renderEnds(renderInput: (side: 'from' | 'to') => TemplateResult): TemplateResult {
    const { texts } = this.language;
    return html`
      <div class="ends">
        <label>${texts.from} ${renderInput('from')}</label>
        <label>${texts.to} ${renderInput('to')}</label>
      </div>
    `;
  }

  #toggle(open: boolean): void {
    this.open = open;
    if (!open) return;
    this.search = '';
    if (this.definition.kind !== 'date') this.#look('');
  }

  /** The answer to the last question counts. */
  #look(search: string): void {
    this.search = search;
    this.failed = false;
    const question = ++this.#asked;
    this.choicesOf(this.definition.id, search).then(
      (choices) => {
        if (question === this.#asked) this.choices = choices;
      },
      () => {
        if (question === this.#asked) this.failed = true;
      },
    );
  }

  #typed(input: HTMLInputElement, use: (text: string) => void): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => use(input.value.trim()), pauseMilliseconds);
  }

  #change(value: FilterValue | undefined): void {
    const detail = { id: this.definition.id, value };
    this.dispatchEvent(new CustomEvent('filter-change', { detail, bubbles: true, composed: true }));
  }

  readonly #outside = (event: Event): void => {
    if (this.open && !event.composedPath().includes(this)) this.open = false;
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.open) {
      event.stopPropagation();
      this.open = false;
      this.head?.focus();
    }
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    const values = [...this.renderRoot.querySelectorAll<HTMLElement>('.value')];
    if (step === undefined || values.length === 0) return;
    const focused = values.findIndex((value) => value.matches(':focus'));
    values[Math.max(0, Math.min(values.length - 1, focused + step))]?.focus();
    event.preventDefault();
  };

  static override readonly styles = filterStyles;
}

function inputOf({ target }: Event): HTMLInputElement {
  return target as HTMLInputElement;
}

function isRange(value: FilterValue | undefined): boolean {
  return (
    value !== undefined && !Array.isArray(value) && !('preset' in value) && !('contains' in value)
  );
}

defineElement('aracari-filter', AracariFilter);

declare global {
  interface HTMLElementTagNameMap {
    'aracari-filter': AracariFilter;
  }
}
