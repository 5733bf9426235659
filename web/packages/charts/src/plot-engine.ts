import type { ECharts } from 'echarts/core';
import type { PlotOption } from './plot-option.js';

let engine: Promise<typeof import('./echarts.js')> | undefined;

/** Starts loading the drawing library, once. Call it as soon as it is known that a plot will come. */
export function preloadPlots(): Promise<typeof import('./echarts.js')> {
  engine ??= import('./echarts.js').catch((cause: unknown) => {
    engine = undefined;
    throw cause;
  });
  return engine;
}

/** A point of the canvas and the category under it; null when the pointer is outside of the plot. */
export type Hover = { index: number; x: number; y: number } | null;

/** One ECharts instance on one element. Not reusable after `dispose`. */
export class PlotEngine {
  #chart: ECharts | undefined;
  #horizontal = false;
  #disposed = false;

  constructor(
    private readonly stage: HTMLElement,
    private readonly onHover: (hover: Hover) => void,
  ) {}

  /** Draws and resolves when the picture is on the canvas. Rejects when the library cannot be loaded. */
  async draw(option: PlotOption): Promise<void> {
    const { init } = await preloadPlots();
    if (this.#disposed) return;
    this.#chart ??= this.#start(init);
    this.#horizontal = option.yAxis.type === 'category';
    this.#chart.resize();
    this.#chart.setOption(option, { notMerge: true });
    // setOption draws at once for the first picture, but only with the next frame for those that follow.
    this.#chart.getZr().flush();
  }

  dispose(): void {
    this.#disposed = true;
    this.#chart?.dispose();
    this.#chart = undefined;
  }

  #start(init: typeof import('./echarts.js').init): ECharts {
    const chart = init(this.stage, null, { renderer: 'canvas' });
    const surface = chart.getZr();
    surface.on('mousemove', ({ offsetX, offsetY }) => this.onHover(this.#find(offsetX, offsetY)));
    surface.on('globalout', () => this.onHover(null));
    return chart;
  }

  #find(x: number, y: number): Hover {
    if (!this.#chart?.containPixel({ gridIndex: 0 }, [x, y])) return null;
    const point = this.#chart.convertFromPixel({ gridIndex: 0 }, [x, y]);
    const index = point[this.#horizontal ? 1 : 0];
    return index === undefined ? null : { index: Math.round(index), x, y };
  }
}
