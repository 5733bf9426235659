import type { Drawn, Mark, Place, PlotView, Point } from './drawer.js';
import type { AnyDrawer } from './drawers.js';
import type { PlotLook } from './plot-look.js';
import type { Hit, PlotModel } from './plot-model.js';

/** Pixels of a canvas for each CSS pixel, in a picture that is kept. */
export const fineness = 2;

/** One ECharts instance on one element, which must have a size. Not reusable after `dispose`. */
export class PlotEngine {
  #drawn: Drawn<PlotModel> | undefined;
  #drawer: AnyDrawer | undefined;
  /** What ECharts says lies under the pointer. It tells this before it tells where the pointer is. */
  #mark: Mark | undefined;
  #lit: Mark[] = [];

  /** `onHover` gets the place under the pointer; null outside of all. */
  constructor(
    private readonly stage: HTMLElement,
    private readonly onHover: (hit: Hit | null, point: Point) => void,
  ) {}

  /** Draws at once. */
  draw(drawer: AnyDrawer, model: PlotModel, look: PlotLook, view: PlotView): void {
    if (this.#drawer !== drawer) {
      this.dispose();
      this.#drawer = drawer;
      this.#drawn = { chart: this.#start(drawer), model, view };
    }
    const { chart } = (this.#drawn = { ...(this.#drawn as Drawn<PlotModel>), model, view });
    const { width, height } = view;
    if (chart.getWidth() !== width || chart.getHeight() !== height) chart.resize({ width, height });
    chart.setOption(drawer.buildOption(model, look, view), { notMerge: true });
    // setOption draws at once for the first picture, but only with the next frame for those that follow.
    chart.getZr().flush();
    this.#lit = [];
  }

  /** Lets a place stand out, and says where it is. */
  attend(hit: Hit | null): Place | null {
    if (!this.#drawn || !this.#drawer) return null;
    const { chart, model, view } = this.#drawn;
    for (const mark of this.#lit) chart.dispatchAction({ type: 'downplay', ...mark });
    const changed = this.#drawer.attend?.(model, hit, view);
    if (changed) chart.setOption(changed);
    this.#lit = hit ? this.#drawer.marksOf(this.#drawn, hit) : [];
    for (const mark of this.#lit) chart.dispatchAction({ type: 'highlight', ...mark });
    return hit && this.#drawer.placeOf(this.#drawn, hit);
  }

  /** The picture as it is drawn now, on a canvas of its own. */
  copy(background: string): HTMLCanvasElement | undefined {
    return this.#drawn?.chart.renderToCanvas({ pixelRatio: fineness, backgroundColor: background });
  }

  dispose(): void {
    this.#drawn?.chart.dispose();
    this.#drawn = undefined;
    this.#drawer = undefined;
  }

  #start(drawer: AnyDrawer): Drawn<PlotModel>['chart'] {
    const chart = drawer.start(this.stage);
    chart.on('mousemove', (mark) => {
      this.#mark = mark as Mark;
    });
    const surface = chart.getZr();
    surface.on('mousemove', ({ offsetX, offsetY }) => {
      const mark = this.#mark;
      this.#mark = undefined;
      const point = { x: offsetX, y: offsetY };
      if (this.#drawn) this.onHover(drawer.find(this.#drawn, point, mark), point);
    });
    surface.on('globalout', () => this.onHover(null, { x: 0, y: 0 }));
    return chart;
  }
}
