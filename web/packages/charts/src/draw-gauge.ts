import { arc } from 'd3-shape';
import { type Drawer, drawText, setFont, setFontFor } from './picture.js';
import type { GaugeModel } from './plot-model.js';

/** Half of the opening, from the top; a turn is 2π. */
const reach = (2 * Math.PI) / 3;

export const draw: Drawer<GaugeModel> = (sheet, model) => {
  const { context, width, height, look, rightToLeft } = sheet;
  // The arc is one and a half radii high: its ends hang below the middle.
  const outer = Math.max(20, Math.min(width / 2 - 8, (height - 26) / 1.55));
  const thick = Math.max(8, Math.min(22, outer * 0.18));
  const center = { x: width / 2, y: (height - outer * 1.55 - 14) / 2 + outer };
  const partOf = (value: number) =>
    Math.max(0, Math.min(1, (value - model.least) / (model.most - model.least)));
  const angleOf = (value: number) => {
    const angle = -reach + partOf(value) * 2 * reach;
    return rightToLeft ? -angle : angle;
  };
  const drawArc = (
    from: number,
    to: number,
    [inside, outside]: [number, number],
    color: string,
  ) => {
    const [start, end] = [angleOf(from), angleOf(to)].sort((a, b) => a - b) as [number, number];
    context.beginPath();
    arc<null>()
      .innerRadius(inside)
      .outerRadius(outside)
      .startAngle(start)
      .endAngle(end)
      .cornerRadius((outside - inside) / 2)
      .context(context)(null);
    context.fillStyle = color;
    context.fill();
  };
  context.save();
  context.translate(center.x, center.y);
  const ring: [number, number] = [outer - thick, outer];
  drawArc(model.least, model.most, ring, look.hover);
  if (partOf(model.value) > 0) drawArc(model.least, model.value, ring, look.paint(model.paint));
  const thin: [number, number] = [outer - thick - 7, outer - thick - 4];
  for (const { from, to, paint } of model.steps) drawArc(from, to, thin, look.paint(paint));
  context.restore();
  context.fillStyle = look.text;
  const room = (outer - thick - 12) * 1.75;
  setFontFor(sheet, model.text, room, Math.max(15, Math.min(40, outer * 0.36)));
  drawText(sheet, model.text, { ...center, width: room, align: 'center' });
  context.fillStyle = look.muted;
  setFont(sheet, 12);
  const y = center.y + outer * 0.5 + 16;
  const away = Math.sin(reach) * (outer - thick / 2);
  const side = rightToLeft ? -away : away;
  drawText(sheet, model.leastText, { x: center.x - side, y, width: outer * 0.8, align: 'center' });
  drawText(sheet, model.mostText, { x: center.x + side, y, width: outer * 0.8, align: 'center' });
  const label = { x: center.x, y: center.y + outer * 0.36, width: room, align: 'center' as const };
  if (outer > 60) drawText(sheet, model.label, label);
  return {
    find: (x, y) => (Math.hypot(x - center.x, y - center.y) <= outer ? { index: 0 } : null),
    placeOf: () => center,
  };
};
