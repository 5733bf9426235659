import { type Drawer, drawText, setFont } from './picture.js';
import { fade } from './plot-look.js';
import type { FunnelModel } from './plot-model.js';

const mostStepHeight = 72;

/** Bars whose length is the share of the first step, with the share of the step before between them. */
export const draw: Drawer<FunnelModel> = (sheet, { steps }, { hit, chosen }) => {
  const { context, width, look, rightToLeft } = sheet;
  const height = Math.min(mostStepHeight, sheet.height / Math.max(1, steps.length));
  const most = steps.reduce((largest, { value }) => Math.max(largest, value), 0) || 1;
  const start = rightToLeft ? width : 0;
  const end = rightToLeft ? 0 : width;
  const [near, far] = rightToLeft ? (['right', 'left'] as const) : (['left', 'right'] as const);
  steps.forEach(({ label, value, text, share, kept }, index) => {
    const top = index * height;
    const back = chosen.size > 0 && !chosen.has(index);
    if (hit?.index === index) {
      context.fillStyle = fade(look.muted, 0.08);
      context.fillRect(0, top, width, height);
    }
    const y = top + 12;
    setFont(sheet, 12);
    const number = kept ? `${text} · ${share}` : text;
    const room = Math.min(width * 0.5, context.measureText(number).width);
    context.fillStyle = back ? look.muted : look.text;
    drawText(sheet, label, { x: start, y, width: width - room - 12, align: near });
    context.fillStyle = look.muted;
    drawText(sheet, number, { x: end, y, width: width * 0.5, align: far });
    const bar = { top: top + 22, height: Math.max(6, Math.min(26, height - 32)) };
    const long = Math.max(2, (value / most) * width);
    context.fillStyle = look.hover;
    context.beginPath();
    context.roundRect(0, bar.top, width, bar.height, 4);
    context.fill();
    context.fillStyle = fade(
      look.paint('series-1'),
      back ? 0.3 : 1 - (index / steps.length) * 0.35,
    );
    context.beginPath();
    context.roundRect(rightToLeft ? width - long : 0, bar.top, long, bar.height, 4);
    context.fill();
  });
  return {
    find: (_x, y) => {
      const index = Math.floor(y / height);
      return index >= 0 && index < steps.length ? { index } : null;
    },
    placeOf: ({ index }) => ({ x: width / 2, y: (index + 0.5) * height }),
  };
};
