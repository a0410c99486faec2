import type { TestStack } from "../tests/support/stack";
import { createStack, runCommand } from "./contender";
import { startEmulatorProcess } from "./emulator";
import { formatCount, type Row } from "./table";

const PEOPLE = 60;

/** The requests that an `up` makes to move people who have signed up to another team. */
export async function moves(): Promise<Row[]> {
  const api = await startEmulatorProcess(PEOPLE);
  let stack: TestStack | undefined;
  try {
    stack = await createStack(api.emulator, { contender: "ours", people: PEOPLE, checkpoints: false });
    stack.env.BENCH_TEAM = "team_xyz789";
    await runCommand(stack, "up");
    for (let n = 1; n <= PEOPLE; n++) await api.accept(`person${n}@acme.com`);
    const before = await api.countRequests();
    stack.env.BENCH_TEAM = "team_abc123";
    await runCommand(stack, "up");
    const value = (await api.countRequests()) - before;
    const budget = `requests: ${formatCount(PEOPLE)} who have signed up move to another team`;
    return [{ budget, value, bound: 2 * PEOPLE }];
  } finally {
    await stack?.remove();
    await api.stop();
  }
}
