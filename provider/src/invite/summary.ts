/**
 * How many people stand at each status, by its name.
 *
 * @example
 * summaryOf(["pending", "completed", "pending"]); // { completed: 1, pending: 2 }
 */
export function summaryOf(statuses: readonly string[]): Record<string, number> {
  const counted = new Map<string, number>();
  for (const status of [...statuses].sort()) counted.set(status, (counted.get(status) ?? 0) + 1);
  return Object.fromEntries(counted);
}
