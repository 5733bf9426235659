import type { ColorName } from '@aracari/api';
import type { PointAt } from './series-table.js';

/** A colour of the theme: the n-th of the series, beginning with 1, or one that means something. */
export type Paint = `series-${number}` | ColorName;

/** Everything that a drawer needs to know, in the words of the viewer. Holds no element and no colour. */
export type PlotModel =
  CartesianModel | CircularModel | HeatmapModel | ScatterModel | FunnelModel | GaugeModel;

interface AnyModel {
  /** What is told below the picture: what it leaves out. */
  notes: string[];
  /** Empty when there is only one. */
  legend: LegendEntry[];
  /** The height in pixels that the picture needs to be readable. */
  leastHeight: number;
  /** The height beyond which its parts no longer seem to belong together. */
  mostHeight?: number;
  /** What the tip says at a point of the picture. */
  describe(hit: Hit): Tip;
  /** Where a point stands in the data. */
  atOf(hit: Hit): PointAt[];
  /** How many places the arrow keys move through. */
  places: number;
}

/** `key` names the series among those that can be hidden. */
export interface LegendEntry {
  key: string;
  label: string;
  paint: Paint;
  /** Beside the label, for the parts of a whole. */
  value?: string;
}

/** A place of the picture: a category or an item, and a series where there are several. */
export interface Hit {
  index: number;
  series?: number;
}

export interface Tip {
  title: string;
  rows: { label: string; value: string; paint?: Paint | undefined }[];
}

export interface CartesianModel extends AnyModel {
  kind: 'cartesian';
  horizontal: boolean;
  labels: string[];
  /** Labels follow each other, so some of them may be left out. */
  ordered: boolean;
  stacked: boolean;
  percent: boolean;
  /** Bins touch each other. */
  binned: boolean;
  series: CartesianSeries[];
  /** One or two. */
  axes: CartesianAxis[];
}

export interface CartesianSeries {
  key: string;
  mark: 'bar' | 'line' | 'area';
  paint: Paint;
  axis: number;
  values: (number | null)[];
  /** Colours by value, where a rule gives one. */
  paints?: (Paint | undefined)[];
  textOf(index: number): string;
}

export interface CartesianAxis {
  /** Named only where there are two. */
  label: string;
  /** A line is read by its slope and may begin elsewhere. */
  fromZero: boolean;
  /** The scale reaches at least to here. */
  least?: number;
  textOf(value: number): string;
}

export interface CircularModel extends AnyModel {
  kind: 'circular';
  donut: boolean;
  slices: { key: string; value: number; paint: Paint }[];
  totalLabel: string;
  totalOf(visible: number): string;
  shareOf(share: number): string;
}

export interface HeatmapModel extends AnyModel {
  kind: 'heatmap';
  columns: string[];
  rows: string[];
  /** By row, then by column. */
  cells: { value: number | null; text: string; paint?: Paint | undefined }[][];
  least: number;
  most: number;
  leastText: string;
  mostText: string;
}

export interface ScatterModel extends AnyModel {
  kind: 'scatter';
  /** Degrees east and north over a map of the world, in place of two metrics. */
  map: boolean;
  points: ScatterPoint[];
  xLabel: string;
  yLabel: string;
  xText(value: number): string;
  yText(value: number): string;
}

/** `size` is 0..1 of the largest; null when there is no size. */
export interface ScatterPoint {
  x: number;
  y: number;
  size: number | null;
  /** The row of the result. */
  row: number;
}

export interface FunnelModel extends AnyModel {
  kind: 'funnel';
  steps: { label: string; value: number; text: string; share: string; kept: string }[];
}

export interface GaugeModel extends AnyModel {
  kind: 'gauge';
  value: number;
  text: string;
  label: string;
  least: number;
  most: number;
  leastText: string;
  mostText: string;
  paint: Paint;
  steps: { from: number; to: number; paint: Paint }[];
}
