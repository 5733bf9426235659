import type { ThemeTokens, ThemeColors } from '@aracari/api';
import { themeStyles } from '@aracari/charts';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Scheme } from '../appearance.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { changedText } from '../field-text.js';
import { replaceAt } from '../list-changes.js';
import { contrastOf, isColor, mostSeries, type ThemeColorName } from './theme-colors.js';

const colorNames: [ThemeColorName, string][] = [
  ['accent', 'Accent'],
  ['background', 'Background'],
  ['surface', 'Tiles'],
  ['text', 'Text'],
  ['muted', 'Quiet text'],
  ['border', 'Borders'],
];

const fonts: [font: string, name: string][] = [
  ['', 'Default'],
  ['Inter, system-ui, sans-serif', 'Inter'],
  ['system-ui, sans-serif', 'System'],
  ['Georgia, "Times New Roman", serif', 'Georgia'],
  ['ui-rounded, "SF Pro Rounded", system-ui, sans-serif', 'Rounded'],
  ['ui-monospace, Menlo, Consolas, monospace', 'Monospace'],
];

/** Text below this contrast is hard to read (WCAG 2, AA). */
const leastContrast = 4.5;

/**
 * The look of dashboards: colours, light and dark, font, corners and density.
 * @fires app-changed - Detail is the theme.
 * @fires app-scheme - Detail is the scheme whose colours are shown.
 */
@customElement('app-theme-form')
export class AppThemeForm extends LitElement {
  @property({ attribute: false }) theme: ThemeTokens = {};
  /** What holds where the theme says nothing. */
  @property({ attribute: false }) below: ThemeTokens = {};
  @property({ attribute: false }) scheme: Scheme = 'light';
  @property({ attribute: false }) refused?: string | undefined;
  @query('.probe') private probe!: HTMLElement;
  /** The colours of Aracari's own look, read once they are known. */
  @state() private own: ReadonlyMap<string, string> = new Map();

  static override styles = [
    baseStyles,
    formStyles,
    themeStyles,
    css`
      .probe {
        display: none;
      }
      .schemes {
        display: grid;
        grid-template-columns: 1fr 1fr;
        padding: 0.2rem;
        border-radius: var(--wa-border-radius-m);
        background: var(--wa-color-neutral-fill-quiet);
      }
      .schemes button {
        padding: 0.3rem;
        border: 0;
        border-radius: calc(var(--wa-border-radius-m) - 0.15rem);
        background: none;
        color: inherit;
        font: inherit;
        font-size: var(--wa-font-size-s);
        cursor: pointer;
      }
      .schemes [aria-pressed='true'] {
        background: var(--app-panel);
        box-shadow: var(--app-shadow);
        font-weight: 600;
      }
      .schemes button:focus-visible,
      input[type='color']:focus-visible {
        outline: var(--wa-focus-ring);
      }
      .color {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto 4.25rem 1.75rem;
        gap: 0.4rem;
        align-items: center;
        min-height: 2rem;
        font-size: var(--wa-font-size-s);
      }
      .color code {
        color: var(--wa-color-text-quiet);
      }
      .color.own code {
        color: var(--wa-color-text-normal);
      }
      .color wa-button {
        width: 1.75rem;
      }
      .color wa-button::part(base) {
        padding-inline: 0.3rem;
      }
      input[type='color'] {
        width: 2rem;
        height: 1.6rem;
        padding: 0;
        border: 1px solid var(--wa-form-control-border-color);
        border-radius: var(--wa-border-radius-s);
        background: none;
        cursor: pointer;
      }
      fieldset {
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0;
        font-weight: 600;
      }
      .contrast {
        color: var(--wa-color-warning-on-quiet);
      }
    `,
  ];

  override render() {
    return html`<div class="probe aracari-theme ${this.scheme === 'dark' ? 'dark' : ''}"></div>
      <div class="fields">
        <div class="schemes" role="group" aria-label="Colors of">
          ${this.#renderScheme('light', 'Light')} ${this.#renderScheme('dark', 'Dark')}
        </div>
        ${this.refused ? html`<p class="contrast small" role="alert">${this.refused}</p>` : nothing}
        <fieldset>
          <legend>Colors</legend>
          ${colorNames.map(([name, label]) => this.#renderColor(name, label))}
          ${this.#renderContrast()}
        </fieldset>
        <fieldset>
          <legend>Series</legend>
          ${this.#renderSeries()}
        </fieldset>
        ${this.#renderRest()}
      </div>`;
  }

  override updated(): void {
    const style = getComputedStyle(this.probe);
    const names = [
      ...colorNames.map(([name]) => name),
      ...Array.from({ length: mostSeries }, (_, index) => `series-${index + 1}`),
    ];
    const own = new Map(names.map((name) => [name, style.getPropertyValue(`--_${name}`).trim()]));
    if (JSON.stringify([...own]) !== JSON.stringify([...this.own])) this.own = own;
  }

  #renderScheme(scheme: Scheme, label: string) {
    return html`<button
      type="button"
      aria-pressed=${this.scheme === scheme}
      @click=${() => this.dispatchEvent(new CustomEvent('app-scheme', { detail: scheme }))}
    >
      ${label}
    </button>`;
  }

  #renderColor(name: ThemeColorName, label: string) {
    const own = this.#colors[name];
    return this.#renderPicker(
      label,
      this.#effective(name),
      own !== undefined,
      (color) => this.#setColors({ [name]: color }),
      () => this.#setColors({ [name]: undefined }),
    );
  }

  #renderPicker(
    label: string,
    color: string,
    own: boolean,
    set: (color: string) => void,
    clear: () => void,
  ) {
    return html`<div class="color ${own ? 'own' : ''}">
      <span>${label}</span>
      <input
        type="color"
        aria-label=${label}
        .value=${isColor(color) ? color : '#888888'}
        @input=${(event: Event) => set(changedText(event))}
      />
      <code>${color}</code>
      ${
        own
          ? html`<wa-button size="s" appearance="plain" @click=${clear}
              ><wa-icon name="xmark" label="Reset ${label}"></wa-icon
            ></wa-button>`
          : html`<span></span>`
      }
    </div>`;
  }

  #renderContrast() {
    const [text, surface] = [this.#effective('text'), this.#effective('surface')];
    if (!isColor(text) || !isColor(surface)) return nothing;
    const contrast = contrastOf(text, surface);
    if (contrast >= leastContrast) return nothing;
    return html`<p class="contrast small" role="status">
      Text on tiles has a contrast of ${contrast.toFixed(1)}; below ${leastContrast} it is hard to
      read.
    </p>`;
  }

  #renderSeries() {
    const { colors = [] } = this.#colors;
    const set = (next: string[]) => this.#setColors({ colors: next.length > 0 ? next : undefined });
    const next = this.own.get(`series-${colors.length + 1}`) || '#7a7f8c';
    return html`${colors.map((color, index) =>
      this.#renderPicker(
        `Series ${index + 1}`,
        color,
        true,
        (chosen) => set(replaceAt(colors, index, chosen)),
        () => set(replaceAt(colors, index)),
      ),
    )}
    ${
      colors.length < mostSeries
        ? html`<wa-button
            size="s"
            appearance="plain"
            @click=${() => set([...colors, isColor(next) ? next : '#7a7f8c'])}
          >
            <wa-icon slot="start" name="plus"></wa-icon
            >${colors.length > 0 ? 'Add color' : 'Choose own colors'}
          </wa-button>`
        : nothing
    }`;
  }

  #renderRest() {
    const { font = '', radius, density = '' } = this.theme;
    const known = fonts.some(([value]) => value === font);
    return html`<wa-select
        size="s"
        label="Font"
        .value=${String(fonts.findIndex(([value]) => value === font))}
        @change=${(event: Event) => this.#set({ font: fonts[Number(changedText(event))]?.[0] || undefined })}
      >
        ${fonts.map(([, name], index) => html`<wa-option value=${String(index)}>${name}</wa-option>`)}
        ${known ? nothing : html`<wa-option value="-1">${font}</wa-option>`}
      </wa-select>
      <wa-input
        size="s"
        type="number"
        min="0"
        max="32"
        label="Corners, in pixels"
        placeholder=${String(this.below.radius ?? 12)}
        .value=${radius === undefined ? '' : String(radius)}
        @input=${(event: Event) => this.#set({ radius: pixelsFrom(changedText(event)) })}
      ></wa-input>
      <wa-select
        size="s"
        label="Density"
        .value=${density || 'below'}
        @change=${(event: Event) => this.#chooseDensity(changedText(event))}
      >
        <wa-option value="below">Default</wa-option>
        <wa-option value="comfortable">Comfortable</wa-option>
        <wa-option value="compact">Compact</wa-option>
      </wa-select>`;
  }

  get #colors(): ThemeColors {
    return this.scheme === 'dark' ? (this.theme.dark ?? {}) : this.theme;
  }

  /** The colour that is seen: of this theme, of the one below, or of Aracari. */
  #effective(name: ThemeColorName): string {
    const below = this.scheme === 'dark' ? this.below.dark : this.below;
    return this.#colors[name] ?? below?.[name] ?? this.own.get(name) ?? '';
  }

  #chooseDensity(chosen: string): void {
    const density = chosen === 'compact' || chosen === 'comfortable' ? chosen : undefined;
    this.#set({ density });
  }

  #setColors(part: { [K in keyof ThemeColors]?: ThemeColors[K] | undefined }): void {
    if (this.scheme === 'light') return this.#set(part);
    const dark = said({ ...this.theme.dark, ...part }) as ThemeColors;
    this.#set({ dark: Object.keys(dark).length > 0 ? dark : undefined });
  }

  #set(part: { [K in keyof ThemeTokens]?: ThemeTokens[K] | undefined }): void {
    const detail = said({ ...this.theme, ...part });
    this.dispatchEvent(new CustomEvent('app-changed', { detail }));
  }
}

/** Without what was taken back. */
function said(theme: object): object {
  return Object.fromEntries(Object.entries(theme).filter(([, value]) => value !== undefined));
}

function pixelsFrom(typed: string): number | undefined {
  const pixels = Math.trunc(Number(typed));
  return typed === '' || !(pixels >= 0) ? undefined : Math.min(32, pixels);
}
