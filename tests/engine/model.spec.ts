import { strict as assert } from "node:assert";
import fc from "fast-check";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { play } from "../model/interpreter";
import { act, inputsOf, KEY, TEAMS } from "../model/people";
import type { Resource } from "../model/planning";
import { act as acting, declare, type Line, refresh, remove, scriptText, swap, up } from "../model/script";
import { quietLines } from "../model/scripts";
import { World } from "../model/world";
import { NO_LIMIT } from "../support/no-limit";
import { TestStack } from "../support/stack";

/**
 * The same scripts on the real engine and on the model's own: after each command both have the same state, the
 * same people are at the API, and the same e-mails were sent. So what the model proves holds for the real one.
 */
describe("the model's engine does what the real one does", () => {
  const seed = Math.floor(Math.random() * 1e6);
  const fixed: [string, Line[]][] = [
    [
      "a swap and a renamed resource",
      [declare("a", { who: "ada" }), declare("b", { who: "bob" }), up(), swap("a", "b"), remove("c"), up()],
    ],
    [
      "a move to a team that is not there, taken back",
      [
        ...[
          declare("a", { who: "ada", teamId: "T1" }),
          up(),
          declare("a", { who: "ada", teamId: "T9" }),
          up(),
        ],
        ...[declare("a", { who: "ada", teamId: "T1" }), up()],
      ],
    ],
    [
      "somebody with headshots who is moved by hand",
      [
        ...[declare("a", { who: "ada", teamId: "T1" }), up(), acting("ada", "complete")],
        ...[acting("ada", "move to T2"), refresh(), declare("a", { who: "ada" }), up()],
      ],
    ],
  ];

  it(`for three scripts, and a random one of seed ${seed}`, async () => {
    const scripts = [...fixed, ...(await randomScripts(seed, 1))];
    await Promise.all(
      scripts.map(([name, script]) =>
        compare(script).catch((error) => {
          throw new Error(`${name}:\n${scriptText(script)}\n${error.message}`, { cause: error });
        }),
      ),
    );
  });
});

const isCommand = (line: Line) => line.do === "up" || line.do === "refresh" || line.do === "destroy";

/** Such as keep the real engine busy, but not for long, and in which no command fails half-way. */
async function randomScripts(seed: number, count: number): Promise<[string, Line[]][]> {
  const found: [string, Line[]][] = [];
  for (const script of fc.sample(quietLines, { seed, numRuns: 200 })) {
    const commands = script.filter(isCommand).length;
    if (found.length < count && commands === 3 && (await succeeds(script)))
      found.push([`random script ${found.length + 1}`, script]);
  }
  return found;
}

async function succeeds(script: Line[]): Promise<boolean> {
  const world = await World.start({});
  let emails = 0;
  try {
    for (const line of script) if ((await play(world, line))?.errors.length) return false;
    emails = world.emulator.outbox.length;
  } finally {
    await world.stop();
  }
  return emails >= 3;
}

async function compare(script: Line[]): Promise<void> {
  const world = await World.start({});
  const emulator = await startEmulator({ apiKey: KEY, rateLimit: NO_LIMIT, teams: TEAMS });
  const stack = await TestStack.create(emulator, { language: "javascript", program: "" });
  try {
    for (const line of script) {
      const seen = await play(world, line);
      if (line.do === "act") act(emulator, line.who, line.action);
      if (!seen) continue;
      const program = [...seen.program].map(([slot, declared]) => {
        return `new HeadshotInvite("${slot}", ${JSON.stringify(inputsOf(declared))});`;
      });
      await stack.setProgram(program.join("\n"));
      const { code, printed, requests } = await stack[seen.command]();
      assert.equal(code === 0, seen.errors.length === 0, printed);
      assert.deepEqual(await recorded(stack), world.state.map(comparable).sort(), printed);
      assert.deepEqual(atTheApi(emulator), atTheApi(world.emulator), printed);
      assert.equal(requests.filter(isPost).length, seen.requests.filter((one) => isPost(one.method)).length);
    }
  } finally {
    await stack.remove();
    await emulator.close();
    await world.stop();
  }
}

const isPost = (request: string) => request.startsWith("POST");

async function recorded(stack: TestStack): Promise<string[]> {
  const resources = (await stack.export()).resources as {
    urn: string;
    id: string;
    inputs: Resource["inputs"];
    outputs: Resource["outputs"];
    delete?: true;
    pendingReplacement?: true;
  }[];
  return resources
    .map(({ urn, id, inputs, outputs, ...flags }) => {
      const slot = urn.split("::").at(-1) ?? "";
      const marks = { doomed: flags.delete, halfReplaced: flags.pendingReplacement };
      return comparable({ slot, id, inputs, outputs, ...(marks as object) });
    })
    .sort();
}

/** Without what differs between two organizations: times, secrets and random ids. */
function comparable({ slot, id, inputs, outputs, doomed, halfReplaced }: Resource): string {
  const { status, teamId, adopted, renewals, maxRenewals, forceDestroy } = outputs;
  const seen = { status, teamId, adopted, renewals, maxRenewals, forceDestroy };
  const sorted = Object.entries(inputs).sort().flat().join();
  return JSON.stringify([slot, id, sorted, seen, doomed ?? false, halfReplaced ?? false]);
}

function atTheApi(emulator: Emulator): unknown {
  const people = emulator.invites().map(({ email, status, teamId }) => `${email} ${status} ${teamId}`);
  return [people.sort(), emulator.outbox.map(({ to }) => to).sort()];
}
