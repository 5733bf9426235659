import type { ECharts, EChartsCoreOption } from 'echarts/core';
import type { PlotLook } from './plot-look.js';
import type { Hit, PlotModel } from './plot-model.js';

/** Where a picture is drawn and what of it: everything of an option that is neither data nor colour. */
export interface PlotView {
  /** CSS pixels. */
  width: number;
  height: number;
  /** The axis of values stands on the right, and categories begin there. */
  rightToLeft: boolean;
  /** Keys of hidden series. */
  hidden: ReadonlySet<string>;
  /** Chosen categories, by index: the others step back. Empty when nothing is chosen. */
  chosen: ReadonlySet<number>;
}

export interface Point {
  x: number;
  y: number;
}

/** What is told of a mark under the pointer. `seriesId` and `data` are as the option has them. */
export interface Mark {
  seriesId?: string;
  dataIndex: number;
  data?: unknown;
}

/** Where a place of the model is, in CSS pixels of the stage. */
export interface Place extends Point {
  /** What the pointer stands on: the band of a category, or a line without width. */
  band?: { left: number; top: number; width: number; height: number };
}

/** A model on the screen. */
export interface Drawn<Model extends PlotModel> {
  chart: ECharts;
  model: Model;
  view: PlotView;
}

/** How models of one kind are told to ECharts, and found again on the screen. */
export interface Drawer<Model extends PlotModel> {
  /** An empty picture that fills `stage`. */
  start(stage: HTMLElement): ECharts;
  /** Pure. */
  buildOption(model: Model, look: PlotLook, view: PlotView): EChartsCoreOption;
  /** What is at a point; `mark` is the one there, if any. */
  find(drawn: Drawn<Model>, point: Point, mark: Mark | undefined): Hit | null;
  /** Null for a place that is not drawn. */
  placeOf(drawn: Drawn<Model>, hit: Hit): Place | null;
  /** The marks that stand out when a place has the viewer's attention. */
  marksOf(drawn: Drawn<Model>, hit: Hit): Mark[];
  /** What else changes with the viewer's attention, to merge into the option. */
  attend?(model: Model, hit: Hit | null, view: PlotView): EChartsCoreOption | undefined;
}
