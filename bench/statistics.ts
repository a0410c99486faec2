/** The middle value; of an even number of values the higher of the two in the middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The least: what else the machine did can only have added to a time. */
export function least(values: readonly number[]): number {
  return values.length > 0 ? Math.min(...values) : Number.NaN;
}
