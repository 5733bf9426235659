import type { Plugin } from 'vite';

/**
 * Parts of ECharts that its core imports whether a chart needs them or not, and that no chart of ours reaches: what
 * takes options of its older versions, a Chinese and a dark default, patterns, the waiting picture, transforms of data
 * sets, axes of time and logarithms, lines that move, and tips. Each is replaced by what does nothing. `plot-option_test.mjs`
 * beside our options keeps them free of these.
 */
const unused: Record<string, string> = {
  'lib/preprocessor/backwardCompat.js': 'export default () => {};',
  'lib/loading/default.js': 'export default () => {};',
  'lib/theme/dark.js': 'export default {};',
  'lib/i18n/langZH.js': 'export default {};',
  'lib/util/decal.js': 'export const createOrUpdatePatternFromDecal = () => null;',
  'lib/component/tooltip/seriesFormatTooltip.js':
    'export const defaultSeriesFormatTooltip = () => undefined;',
  'lib/chart/line/lineAnimationDiff.js': 'export default () => [];',
  'lib/scale/Log.js': 'export default class LogScale {}',
  'lib/scale/Time.js': `
    export const calcNiceForTimeScale = () => {};
    export default class TimeScale {}`,
  'lib/data/helper/transform.js': `
    export class ExternalSource {}
    export const registerExternalTransform = () => {};
    export const applyDataTransform = () => [];`,
};

/** Leaves out of a build what is unused of ECharts. Fails when a version of it no longer has one of these modules. */
export function leanECharts(): Plugin {
  const left = new Set(Object.keys(unused));
  return {
    name: 'lean-echarts',
    load(id) {
      const name = /\/node_modules\/echarts\/(lib\/.*)$/.exec(id)?.[1];
      if (name === undefined || !(name in unused)) return null;
      left.delete(name);
      return unused[name];
    },
    buildEnd() {
      if (left.size > 0) this.error(`ECharts no longer has ${[...left].join(', ')}`);
    },
  };
}
