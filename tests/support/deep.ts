/** So deep that whoever walks through it by recursion runs out of stack. */
export function deep(levels: number): string {
  return `${'{"error":['.repeat(levels)}1${"]}".repeat(levels)}`;
}
