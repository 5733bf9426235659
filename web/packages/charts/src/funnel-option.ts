import type { PlotView } from './drawer.js';
import { fade, type PlotLook } from './plot-look.js';
import type { FunnelModel } from './plot-model.js';

const mostStepHeight = 72;

/** Width that the names of the steps take beside the funnel. */
const namePart = 0.46;

/** How strong the last step is drawn at least. */
const weakest = 0.6;

/** Steps from top to bottom, each as wide as its share, with its name and number beside it. Pure. */
export function buildFunnelOption(
  { steps }: FunnelModel,
  look: PlotLook,
  view: PlotView,
): { series: object[]; [setting: string]: unknown } {
  const names = Math.min(260, view.width * namePart);
  const [start, end] = view.rightToLeft
    ? (['right', 'left'] as const)
    : (['left', 'right'] as const);
  const color = look.paint('series-1');
  return {
    animation: false,
    textStyle: { fontFamily: look.font },
    series: [
      {
        id: 'steps',
        type: 'funnel',
        sort: 'none',
        funnelAlign: start,
        [start]: names,
        [end]: 2,
        top: 2,
        height: stepHeight(steps.length, view) * steps.length - 4,
        gap: 3,
        min: 0,
        max: steps.reduce((most, { value }) => Math.max(most, value), 0) || 1,
        minSize: 3,
        label: {
          position: start,
          align: end,
          color: look.text,
          fontSize: 12,
          lineHeight: 16,
          width: names - 14,
          overflow: 'truncate',
          ellipsis: '…',
          formatter: ({ dataIndex }: { dataIndex: number }) => labelOf(steps[dataIndex]),
        },
        labelLine: { show: true, length: 10, lineStyle: { opacity: 0 } },
        itemStyle: { borderWidth: 0 },
        emphasis: { itemStyle: { color }, label: { fontWeight: 600 } },
        data: steps.map(({ value }, index) => ({
          value,
          itemStyle: { color: fade(color, strengthOf(index, steps.length, view)) },
        })),
      },
    ],
  };
}

export function stepHeight(count: number, { height }: PlotView): number {
  return Math.min(mostStepHeight, height / Math.max(1, count));
}

function strengthOf(index: number, count: number, { chosen }: PlotView): number {
  if (chosen.size > 0 && !chosen.has(index)) return 0.3;
  return 1 - (index / Math.max(1, count)) * (1 - weakest);
}

function labelOf(step: FunnelModel['steps'][number] | undefined): string {
  if (!step) return '';
  return `${step.label}\n${step.kept ? `${step.text} · ${step.share}` : step.text}`;
}
