/** The width of the widest line of all labels, in pixels of 12 px text: a generous estimate that knows wide scripts. */
export function longestLine(labels: readonly string[]): number {
  return labels.reduce(
    (most, label) =>
      label.split('\n').reduce((wide, line) => Math.max(wide, estimateWidth(line)), most),
    0,
  );
}

export function estimateWidth(line: string): number {
  const wide = line.match(/[\u1100-\u11ff\u2e80-\uffe6]/g)?.length ?? 0;
  const narrow = line.match(/[ijl.,:;'|!]/g)?.length ?? 0;
  return line.length * 7.3 + wide * 5 - narrow * 3.5;
}

/** As many words on a first line as fit into `width`, and the rest on a second. */
export function wrapLabel(text: string, width: number): string {
  if (text.includes('\n') || estimateWidth(text) <= width) return text;
  const words = text.split(' ');
  let first = words.shift() ?? '';
  while (words[0] && estimateWidth(`${first} ${words[0]}`) <= width) first += ` ${words.shift()}`;
  return words.length > 0 ? `${first}\n${words.join(' ')}` : first;
}

/** Ends longer lines with an ellipsis. A width makes ECharts give it to every label, so only when there is need. */
export function cutTo(width: number, labels: readonly string[]): object {
  return longestLine(labels) > width ? { width, overflow: 'truncate', ellipsis: '…' } : {};
}

/** Every how many labels one is shown, so that each has `room` (pixels). The step divides a day or a year if it can. */
export function labelStep(room: number, band: number): number {
  const least = room / Math.max(0.001, band);
  return [1, 2, 3, 6, 12].find((every) => every >= least) ?? Math.ceil(least);
}
