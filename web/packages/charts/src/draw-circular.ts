import { arc, pie, type PieArcDatum } from 'd3-shape';
import { type Drawer, drawText, setFont, setFontFor } from './picture.js';
import { fade } from './plot-look.js';
import type { CircularModel } from './plot-model.js';

type Slice = CircularModel['slices'][number];

export const draw: Drawer<CircularModel> = (sheet, model, { hit, hidden, chosen }) => {
  const { context, width, height, look } = sheet;
  const visible = model.slices.filter(({ key }) => !hidden.has(key));
  const slices = pie<Slice>()
    .sort(null)
    .value(({ value }) => value)(visible);
  const outer = Math.max(8, Math.min(width, height) / 2 - 6);
  const inner = model.donut ? outer * 0.64 : 0;
  const shape = (grown: number) =>
    arc<PieArcDatum<Slice>>()
      .innerRadius(inner)
      .outerRadius(outer + grown)
      .cornerRadius(model.donut ? 3 : 2)
      .padAngle(visible.length > 1 ? 0.012 : 0)
      .context(context);
  const center = { x: width / 2, y: height / 2 };
  context.save();
  context.translate(center.x, center.y);
  for (const slice of slices) {
    const index = model.slices.indexOf(slice.data);
    const back = (chosen.size > 0 && !chosen.has(index)) || (hit && hit.index !== index);
    const color = look.paint(slice.data.paint);
    context.beginPath();
    shape(hit?.index === index ? 4 : 0)(slice);
    context.fillStyle = back ? fade(color, 0.35) : color;
    context.fill();
  }
  context.restore();
  const total = visible.reduce((sum, { value }) => sum + value, 0);
  if (model.donut) {
    const hovered = hit ? model.slices[hit.index] : undefined;
    const text = hovered ? model.shareOf(hovered.value / total) : model.totalOf(total);
    context.fillStyle = look.text;
    setFontFor(sheet, text, inner * 1.7, Math.max(14, Math.min(26, inner * 0.42)));
    drawText(sheet, text, {
      x: center.x,
      y: center.y - (hovered ? 0 : 4),
      width: inner * 1.7,
      align: 'center',
    });
    context.fillStyle = look.muted;
    setFont(sheet, 11);
    const label = hovered ? '' : model.totalLabel;
    drawText(sheet, label, {
      x: center.x,
      y: center.y + inner * 0.3 + 4,
      width: inner * 1.5,
      align: 'center',
    });
  }
  return {
    find(x, y) {
      const distance = Math.hypot(x - center.x, y - center.y);
      if (distance > outer + 4 || distance < inner) return null;
      const angle = (Math.atan2(x - center.x, center.y - y) + 2 * Math.PI) % (2 * Math.PI);
      const found = slices.find(
        ({ startAngle, endAngle }) => angle >= startAngle && angle < endAngle,
      );
      return found ? { index: model.slices.indexOf(found.data) } : null;
    },
    placeOf: ({ index }) => {
      const slice = slices.find(({ data }) => data === model.slices[index]);
      if (!slice) return null;
      const [x, y] = arc<PieArcDatum<Slice>>()
        .innerRadius(inner)
        .outerRadius(outer)
        .centroid(slice);
      return { x: center.x + x, y: center.y + y };
    },
  };
};
