import type { PlotView } from './drawer.js';
import type { PlotLook } from './plot-look.js';
import type { CircularModel, Hit } from './plot-model.js';

type Option = Record<string, unknown>;

const holePart = 0.64;

/** Radii of a pie or donut in pixels. A slice under the pointer grows by what is left to the edge. */
export function radiiOf({ donut }: CircularModel, { width, height }: PlotView): [number, number] {
  const outer = Math.max(8, Math.min(width, height) / 2 - 6);
  return [donut ? outer * holePart : 0, outer];
}

export function visibleSlices({ slices }: CircularModel, { hidden }: PlotView) {
  return slices.map((slice, at) => ({ ...slice, at })).filter(({ key }) => !hidden.has(key));
}

/** A pie or a donut. Pure. */
export function buildCircularOption(
  model: CircularModel,
  look: PlotLook,
  view: PlotView,
): { series: object[]; [setting: string]: unknown } {
  const radius = radiiOf(model, view);
  const slices = visibleSlices(model, view);
  return {
    animation: false,
    textStyle: { fontFamily: look.font },
    ...(model.donut ? { title: buildMiddle(model, look, view) } : {}),
    series: [
      {
        id: 'slices',
        type: 'pie',
        radius,
        center: [view.width / 2, view.height / 2],
        padAngle: slices.length > 1 ? 0.7 : 0,
        label: { show: false },
        labelLine: { show: false },
        emptyCircleStyle: { color: look.hover },
        itemStyle: { borderRadius: model.donut ? 3 : 2 },
        emphasis: { scaleSize: 4, focus: 'self' },
        blur: { itemStyle: { opacity: 0.35 } },
        data: slices.map(({ value, paint, at }) => ({
          ...{ value, at },
          itemStyle: {
            color: look.paint(paint),
            opacity: view.chosen.size > 0 && !view.chosen.has(at) ? 0.35 : 1,
          },
        })),
      },
    ],
  };
}

function buildMiddle(model: CircularModel, look: PlotLook, view: PlotView): Option {
  const [inner] = radiiOf(model, view);
  const told = middleText(model, null, view);
  const fontSize = Math.max(11, Math.min(26, inner * 0.42, (inner * 2.8) / told.text.length));
  return {
    ...told,
    left: 'center',
    top: 'middle',
    padding: 0,
    itemGap: 3,
    textStyle: {
      color: look.text,
      fontSize,
      lineHeight: fontSize * 1.2,
      fontWeight: 600,
      ...roomOf(inner),
    },
    subtextStyle: { color: look.muted, fontSize: 11, lineHeight: 13, ...roomOf(inner) },
  };
}

function roomOf(inner: number): Option {
  return { width: inner * 1.6, overflow: 'truncate', ellipsis: '…' };
}

/** In the middle of a donut: the sum of what is shown, or the share of the slice that has the viewer's attention. */
export function middleText(model: CircularModel, hit: Hit | null, view: PlotView) {
  const total = visibleSlices(model, view).reduce((sum, { value }) => sum + value, 0);
  const slice = hit ? model.slices[hit.index] : undefined;
  if (slice && total > 0) return { text: model.shareOf(slice.value / total), subtext: '' };
  return { text: model.totalOf(total), subtext: model.totalLabel };
}
