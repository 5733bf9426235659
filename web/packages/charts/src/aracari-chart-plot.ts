import type { Chart, Column } from '@aracari/api';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { buildPlot } from './build-plot.js';
import { summarizePlot } from './chart-summary.js';
import { defineElement } from './define-element.js';
import { type AnyDrawer, loadDrawer } from './drawers.js';
import { type Language, languageOf } from './language.js';
import type { Picture } from './picture.js';
import { nextTask } from './next-task.js';
import { paint } from './plot-canvas.js';
import { readPlotLook } from './plot-look.js';
import type { Hit, PlotModel } from './plot-model.js';
import { placeTip, renderLegend, renderRamp, renderTip, tipStyles } from './plot-tip.js';
import type { PointAt } from './series-table.js';
import type { Theme } from './theme.js';

/** A place of a chart that the viewer chose. */
export interface PlotChoice {
  at: PointAt[];
  index: number;
}

/**
 * The picture of one chart's result, of any type but a value or a table. It fills its box and follows its size; what needs
 * more height scrolls. The drawer of a type is loaded with its first plot. Colours come from the theme's custom properties.
 *
 * @fires plot-choice - a place was clicked, or entered with the keyboard; `PlotChoice`
 */
export class AracariChartPlot extends LitElement {
  /** What to draw. */
  @property({ attribute: false }) chart!: Chart;
  /** Its result, which is not empty. */
  @property({ attribute: false }) columns: readonly Column[] = [];
  /** The theme in force around this element; a change makes it read its colours anew. */
  @property({ attribute: false }) theme: Theme = 'light';
  @property({ attribute: false }) language: Language = languageOf();
  /** Categories that are chosen, by index: the others step back. */
  @property({ attribute: false }) chosen: ReadonlySet<number> = new Set();
  /** Whether a click on a place does something. */
  @property({ type: Boolean, reflect: true }) selectable = false;

  @state() private hit: Hit | null = null;
  @state() private failed = false;
  @state() private muted: ReadonlySet<string> = new Set();

  @query('.frame') private frame!: HTMLElement;
  @query('.stage') private stage!: HTMLElement;
  @query('canvas') private canvas!: HTMLCanvasElement;
  @query('.tip') private tip!: HTMLElement;

  #model!: PlotModel;
  #picture: Picture | undefined;
  #pointer: { x: number; y: number } | undefined;
  #drawing: Promise<void> = Promise.resolve();
  /** A drawing is under way that will take what has changed meanwhile. */
  #waiting = false;
  #drawnSize = '';
  readonly #resizes = new ResizeObserver(() => this.#resized());

  /** Resolves when the current result is on the canvas, or when it is certain that it never will be. */
  async drawn(): Promise<void> {
    await this.updateComplete;
    await this.#drawing;
  }

  /** The picture as it is drawn now. */
  get picture(): HTMLCanvasElement | undefined {
    return this.#picture ? this.canvas : undefined;
  }

  get model(): PlotModel {
    return this.#model;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    this.#picture = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate('columns');
  }

  protected override render(): TemplateResult {
    const { language, hit } = this;
    if (this.failed) return html`<p class="failed">${language.texts.notDrawable}</p>`;
    const model = this.#model;
    const label = summarizePlot(this.chart, this.columns, model, language);
    const toggle = (key: string) => this.#toggle(key);
    const tip = hit ? renderTip(model.describe(hit), language) : nothing;
    return html`
      <div class="whole ${model.kind}" dir=${language.rightToLeft ? 'rtl' : 'ltr'}>
        <div class="sides">
          ${model.legend.length > 1 ? renderLegend(model.legend, this.muted, toggle, language) : nothing}
          ${model.kind === 'heatmap' ? renderRamp(model) : nothing}
          <div
            class="frame"
            @pointermove=${this.#point}
            @pointerleave=${this.#leave}
            @click=${this.#click}
          >
            <div
              class="stage"
              role="img"
              tabindex="0"
              aria-label=${label}
              @keydown=${this.#key}
              @blur=${this.#leave}
            >
              <canvas></canvas>
            </div>
            <div class="tip" aria-hidden="true" ?hidden=${!hit}>${tip}</div>
          </div>
        </div>
        ${model.notes.map((note) => html`<p class="note">${note}</p>`)}
        <div class="said" aria-live="polite">${this.#pointer ? nothing : tip}</div>
      </div>
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const names = ['columns', 'chart', 'language'] as const;
    if (!names.some((name) => changed.has(name))) return;
    this.#model = buildPlot(this.chart, this.columns, this.language);
    this.failed = false;
    this.hit = null;
    if (changed.has('chart') && changed.get('chart')?.id !== this.chart.id) this.muted = new Set();
  }

  protected override updated(): void {
    if (this.failed || !this.isConnected) return;
    const { leastHeight, mostHeight } = this.#model;
    this.stage.style.minHeight = `${leastHeight}px`;
    this.stage.style.maxHeight = mostHeight === undefined ? '' : `${mostHeight}px`;
    this.#resizes.observe(this.frame);
    if (!this.#waiting) this.#drawing = this.#draw();
  }

  async #draw(): Promise<void> {
    this.#waiting = true;
    try {
      const draw = await this.#prepare();
      this.#waiting = false;
      if (!this.isConnected || this.failed) return;
      const { width, height } = this.#size();
      this.#drawnSize = `${width}×${height}`;
      if (width < 2 || height < 2) return;
      const sheet = { look: readPlotLook(this), rightToLeft: this.language.rightToLeft };
      const attention = { hit: this.hit, hidden: this.muted, chosen: this.chosen };
      const size = { width, height };
      this.#picture = paint(this.canvas, draw, this.#model, { ...size, ...sheet }, attention);
      this.#placeTip();
    } catch {
      this.#resizes.disconnect();
      this.#picture = undefined;
      this.failed = true;
    } finally {
      this.#waiting = false;
    }
  }

  /** The first pictures of a page come together, and would hold it up. What answers the pointer comes at once. */
  async #prepare(): Promise<AnyDrawer> {
    for (;;) {
      const { type } = this.chart;
      const draw = await loadDrawer(type);
      if (!this.#picture) await nextTask();
      if (type === this.chart.type) return draw;
    }
  }

  #size(): { width: number; height: number } {
    return { width: this.stage.clientWidth, height: this.stage.clientHeight };
  }

  #resized(): void {
    if (!this.stage) return;
    const { width, height } = this.#size();
    if (`${width}×${height}` !== this.#drawnSize) this.requestUpdate();
  }

  #placeTip(): void {
    const point = this.hit && (this.#pointer ?? this.#picture?.placeOf(this.hit));
    if (point) placeTip(this.tip, this.frame, point);
  }

  #toggle(key: string): void {
    const hidden = new Set(this.muted);
    if (!hidden.delete(key)) hidden.add(key);
    // Hiding the last one shows all again.
    this.muted = hidden.size < this.#model.legend.length ? hidden : new Set();
  }

  readonly #point = (event: PointerEvent): void => {
    const { left, top } = this.canvas.getBoundingClientRect();
    this.#pointer = { x: event.clientX - left, y: event.clientY - top };
    const hit = this.#picture?.find(this.#pointer.x, this.#pointer.y) ?? null;
    if (hit?.index !== this.hit?.index || hit?.series !== this.hit?.series) this.hit = hit;
    else this.#placeTip();
  };

  readonly #leave = (): void => {
    this.#pointer = undefined;
    this.hit = null;
  };

  readonly #click = (): void => {
    if (this.hit && this.selectable) this.#choose(this.hit);
  };

  readonly #key = (event: KeyboardEvent): void => {
    const { key } = event;
    const along: Record<string, number> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: 1,
      ArrowUp: -1,
    };
    const step = along[key];
    if ((key === 'Enter' || key === ' ') && this.hit && this.selectable) this.#choose(this.hit);
    else if (key === 'Escape' && this.hit) this.#leave();
    else if (step !== undefined) this.#move(key, step);
    else return;
    event.preventDefault();
  };

  #move(key: string, step: number): void {
    const model = this.#model;
    this.#pointer = undefined;
    const start = step > 0 ? -1 : model.places;
    const from: Hit = this.hit ?? {
      index: start,
      ...(model.kind === 'heatmap' ? { series: 0 } : {}),
    };
    const within = (place: number, count: number) => Math.max(0, Math.min(count - 1, place));
    if (model.kind === 'heatmap' && this.hit && (key === 'ArrowDown' || key === 'ArrowUp')) {
      this.hit = { ...from, series: within((from.series ?? 0) + step, model.rows.length) };
    } else this.hit = { ...from, index: within(from.index + step, model.places) };
  }

  #choose(hit: Hit): void {
    const detail: PlotChoice = { at: this.#model.atOf(hit), index: hit.index };
    this.dispatchEvent(new CustomEvent('plot-choice', { detail, bubbles: true, composed: true }));
  }

  static override readonly styles = [
    ...tipStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
      .whole,
      .sides {
        display: flex;
        flex: 1;
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
        position: relative;
        width: 100%;
        height: 100%;
        overflow: hidden;
        border-radius: 4px;
      }
      :host([selectable]) .stage {
        cursor: pointer;
      }
      .stage:focus-visible {
        outline: 2px solid var(--_accent);
        outline-offset: -2px;
      }
      canvas {
        position: absolute;
        left: 0;
        top: 0;
        width: 100%;
        height: 100%;
      }
      .circular .sides {
        flex-flow: row-reverse wrap;
        gap: 8px 16px;
      }
      .circular .frame {
        flex: 1 1 120px;
        min-height: 110px;
      }
      .circular .legend {
        flex: 1 1 130px;
        flex-direction: column;
        flex-wrap: nowrap;
        align-self: center;
        max-width: 340px;
        max-height: 100%;
        margin: 0;
      }
      .circular .legend button {
        width: 100%;
        padding-block: 3px;
      }
      .note {
        flex: none;
        margin: 6px 0 0;
        color: var(--_muted);
        font-size: 12px;
        line-height: 16px;
      }
      .said {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
      .failed {
        margin: auto;
        color: var(--_muted);
        font-size: 13px;
      }
      @media print {
        .tip {
          display: none;
        }
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
