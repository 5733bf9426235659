import type { Scalar } from '@aracari/api';

/** The value after one end of a range has changed; nothing when both ends are open. */
export function withEnd<End extends string | number>(
  range: { from?: End; to?: End },
  side: 'from' | 'to',
  end: End | undefined,
): { from?: End; to?: End } | undefined {
  const { [side]: _before, ...other } = range;
  const changed = end === undefined ? other : { ...other, [side]: end };
  return Object.keys(changed).length > 0 ? changed : undefined;
}

/** The values after one of them was ticked or unticked; nothing when none is left. */
export function withValue(
  values: readonly Scalar[],
  value: Scalar,
  multiple: boolean,
): Scalar[] | undefined {
  const has = values.includes(value);
  const others = multiple ? values.filter((one) => one !== value) : [];
  const changed = has ? others : [...others, value];
  return changed.length > 0 ? changed : undefined;
}
