import type { Chart, Column, ThemeTokens } from '@aracari/api';
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { isEmptyResult } from './chart-columns.js';
import { defineElement } from './define-element.js';
import { loadDrawer } from './drawers.js';
import { type Language, languageOf, loadWords } from './language.js';
import { applyTokens, type Theme, themeStyles } from './theme.js';

/** The elements that draw, loaded with the first chart that needs them. */
const parts = {
  plot: () => import('./aracari-chart-plot.js'),
  table: () => import('./aracari-chart-table.js'),
  value: () => import('./aracari-chart-value.js'),
};

type Part = keyof typeof parts;

/** Starts loading what will draw a chart. Call it as soon as it is known that one will come. */
export async function preloadChart(chart: Chart): Promise<void> {
  const part = partOf(chart);
  const drawer = part === 'plot' ? [loadDrawer(chart.type)] : [];
  await Promise.allSettled([parts[part](), ...drawer]);
}

function partOf({ type }: Chart): Part {
  return type === 'value' || type === 'table' ? type : 'plot';
}

/**
 * One chart of any type, drawn from its result, or its result as a table. It fills its box, and brings the theme's
 * colours with it.
 *
 * @fires plot-choice - a place was clicked, or entered with the keyboard; `PlotChoice`
 */
export class AracariChartView extends LitElement {
  /** What to draw. */
  @property({ attribute: false }) chart!: Chart;
  /** Its result. */
  @property({ attribute: false }) columns: readonly Column[] = [];
  @property({ attribute: false }) theme: Theme = 'light';
  /** What the theme changes; without it, what is in force around this element. */
  @property({ attribute: false }) tokens: ThemeTokens | undefined;
  /** Language of numbers, dates and words (BCP 47); the browser's own when empty. */
  @property() locale = '';
  /** IANA name; UTC when empty. */
  @property({ attribute: 'time-zone' }) timeZone = '';
  /** Shows the result as a table, in place of the picture. */
  @property({ type: Boolean, attribute: 'as-table' }) asTable = false;
  /** Whether a click on a place of the picture does something. */
  @property({ type: Boolean }) selectable = false;
  /** Categories that are chosen, by index. */
  @property({ attribute: false }) chosen: ReadonlySet<number> = new Set();

  @state() private language: Language = languageOf();
  @state() private failed = false;

  @query('.aracari-theme') private root!: HTMLElement;

  #loading: Promise<unknown> = Promise.resolve();

  /** Resolves when the result is on the screen. */
  async drawn(): Promise<void> {
    await this.updateComplete;
    await this.#loading;
    await this.renderRoot.querySelector('aracari-chart-plot')?.drawn();
  }

  /** A picture of the chart with its name, as it is drawn now. Rejects for a table, which is no picture. */
  async exportPng(): Promise<Blob> {
    const { takePicture } = await import('./chart-picture.js');
    await this.drawn();
    return takePicture(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { locale, timeZone } = this;
    if (!this.hasUpdated || changed.has('locale') || changed.has('timeZone')) {
      this.language = languageOf(locale, timeZone);
      void loadWords(locale).then((changes) => {
        if (changes) this.language = languageOf(this.locale, this.timeZone);
      });
    }
    const part = this.asTable ? 'table' : partOf(this.chart);
    if (changed.has('chart') || changed.has('asTable')) this.#load(part);
  }

  #load(part: Part): void {
    this.failed = false;
    if (part === 'plot') void preloadChart(this.chart);
    this.#loading = parts[part]().catch(() => {
      this.failed = true;
    });
  }

  protected override render(): TemplateResult {
    const rightToLeft = this.language.rightToLeft ? 'rtl' : 'ltr';
    return html`
      <div class="aracari-theme ${this.theme}" dir=${rightToLeft}>${this.#renderBody()}</div>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.tokens && (changed.has('tokens') || changed.has('theme')))
      applyTokens(this.root, this.tokens, this.theme);
  }

  #renderBody(): TemplateResult {
    const { chart, columns, language } = this;
    if (this.failed) return html`<p role="status">${language.texts.notDrawable}</p>`;
    if (isEmptyResult(columns)) return html`<p>${language.texts.noData}</p>`;
    const part = this.asTable ? 'table' : partOf(chart);
    if (part === 'value') {
      return html`<aracari-chart-value
        .chart=${chart}
        .columns=${columns}
        .language=${language}
      ></aracari-chart-value>`;
    }
    if (part === 'table') {
      return html`<aracari-chart-table
        .label=${chart.name}
        .chart=${chart}
        .columns=${columns}
        .language=${language}
      ></aracari-chart-table>`;
    }
    return html`<aracari-chart-plot
      .chart=${chart}
      .columns=${columns}
      .theme=${this.theme}
      .language=${language}
      .chosen=${this.chosen}
      .selectable=${this.selectable}
    ></aracari-chart-plot>`;
  }

  static override readonly styles = [
    themeStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-width: 0;
        min-height: 0;
      }
      .aracari-theme {
        display: flex;
        flex: 1;
        flex-direction: column;
        min-height: 0;
        font-size: 13px;
      }
      .aracari-theme > * {
        flex: 1;
        min-height: 0;
      }
      p {
        display: grid;
        place-content: center;
        margin: 0;
        color: var(--_muted);
        text-align: center;
      }
    `,
  ];
}

defineElement('aracari-chart-view', AracariChartView);

declare global {
  interface HTMLElementTagNameMap {
    'aracari-chart-view': AracariChartView;
  }
}
