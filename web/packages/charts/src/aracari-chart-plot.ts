import type { Chart, Column } from '@aracari/api';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { withAllSteps } from './axis-steps.js';
import { countRows, metricsOf } from './chart-columns.js';
import { summarizePlot } from './chart-summary.js';
import { defineElement } from './define-element.js';
import { type Hover, PlotEngine } from './plot-engine.js';
import { readPlotLook } from './plot-look.js';
import { barRowHeight, buildPlotOption, mostBarRowHeight } from './plot-option.js';
import { isHorizontal } from './plot-series.js';
import { placeTip, renderLegend, renderTip, tipStyles } from './plot-tip.js';
import type { Theme } from './theme.js';

/**
 * A bar or line plot of one chart's result. It fills its box and follows its size; many horizontal bars scroll. The
 * drawing library is loaded with the first plot. Colours come from the theme's custom properties.
 */
export class AracariChartPlot extends LitElement {
  /** What to draw. */
  @property({ attribute: false }) chart!: Chart;
  /** Its result, which is not empty. */
  @property({ attribute: false }) columns: readonly Column[] = [];
  /** The theme in force around this element; a change makes it read its colours anew. */
  @property({ attribute: false }) theme: Theme = 'light';

  @state() private hover: Hover = null;
  @state() private failed = false;

  @query('.stage') private stage!: HTMLElement;
  @query('.tip') private tip!: HTMLElement;

  /** `columns` with a place for every step of the axis. */
  #spread: readonly Column[] = [];
  #engine: PlotEngine | undefined;
  #drawing: Promise<void> = Promise.resolve();
  readonly #resizes = new ResizeObserver(() => this.#resized());
  #drawnSize = '';

  /** Resolves when the current result is on the canvas, or when it is certain that it never will be. */
  async drawn(): Promise<void> {
    await this.updateComplete;
    await this.#drawing;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    this.#engine?.dispose();
    this.#engine = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Put back into a page after a removal: the canvas went with the engine.
    if (this.hasUpdated) this.requestUpdate('columns');
  }

  protected override render(): TemplateResult {
    if (this.failed)
      return html`<p class="failed">This chart could not be drawn. Check the connection.</p>`;
    return html`
      ${metricsOf(this.columns).length > 1 ? renderLegend(this.columns) : nothing}
      <div class="frame">
        <div class="stage" role="img" aria-label=${summarizePlot(this.chart, this.columns)}></div>
        <div class="tip" aria-hidden="true" ?hidden=${!this.hover}>
          ${this.hover ? renderTip(this.#spread, this.hover.index) : nothing}
        </div>
      </div>
    `;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('columns')) this.#spread = withAllSteps(this.columns);
    if (changed.has('columns') || changed.has('chart')) this.failed = false;
  }

  protected override updated(changed: PropertyValues): void {
    if (this.hover) placeTip(this.tip, this.stage, this.hover);
    if (changed.has('columns') || changed.has('chart') || changed.has('theme')) this.#redraw();
  }

  #redraw(): void {
    if (this.failed || !this.isConnected) return;
    const bars = isHorizontal(this.chart) ? countRows(this.#spread) : 0;
    this.stage.style.minHeight = `${bars * barRowHeight}px`;
    this.stage.style.maxHeight = bars > 0 ? `${bars * mostBarRowHeight}px` : '';
    this.#engine ??= new PlotEngine(this.stage, (hover) => (this.hover = hover));
    this.#resizes.observe(this.stage);
    this.#drawing = this.#draw(this.#engine);
  }

  async #draw(engine: PlotEngine): Promise<void> {
    const { clientWidth: width, clientHeight: height } = this.stage;
    this.#drawnSize = `${width}×${height}`;
    try {
      const spec = { chart: this.chart, columns: this.#spread };
      await engine.draw(buildPlotOption(spec, readPlotLook(this), width));
    } catch {
      this.#resizes.disconnect();
      this.#engine = undefined;
      this.failed = true;
    }
  }

  #resized(): void {
    if (`${this.stage.clientWidth}×${this.stage.clientHeight}` !== this.#drawnSize) this.#redraw();
  }

  static override readonly styles = [
    tipStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
      .frame {
        position: relative;
        flex: 1;
        min-height: 0;
        overflow: hidden auto;
        scrollbar-width: thin;
        scrollbar-color: var(--_border) transparent;
      }
      .stage {
        width: 100%;
        height: 100%;
        overflow: hidden;
      }
      .failed {
        margin: auto;
        color: var(--_muted);
        font-size: 13px;
      }
    `,
  ];
}

defineElement('aracari-chart-plot', AracariChartPlot);

declare global {
  interface HTMLElementTagNameMap {
    'aracari-chart-plot': AracariChartPlot;
  }
}
