import { strict as assert } from "node:assert";
import { play } from "../provider/model/interpreter";
import { act, inputsOf, Organizations } from "../provider/model/organizations";
import type { Resource, State } from "../provider/model/planning";
import { type Declared, type Line, readScript } from "../provider/model/script";
import { World } from "../provider/model/world";
import { type ExportedResource, TestStack } from "../support/stack";

const FIXED = {
  "a swap and a renamed resource": `
    [declare, a, {who: ada}], [declare, b, {who: bob}], up, [swap, a, b], [remove, c], up`,
  "a move to a team that is not there, taken back": `
    [declare, a, {who: ada, teamId: T1}], up, [declare, a, {who: ada, teamId: T9}], up,
    [declare, a, {who: ada, teamId: T1}], up`,
  "somebody with headshots who is moved by hand": `
    [declare, a, {who: ada, teamId: T1}], up, [act, ada, complete], [act, ada, move to T2], refresh,
    [declare, a, {who: ada}], up`,
  "people who have signed up and move, one who leaves, and one who is invited to another shoot": `
    [declare, a, {who: ada, teamId: T1}], [declare, b, {who: bob}], up, [act, ada, complete], [act, bob, accept],
    refresh, [declare, a, {who: ada, teamId: T2}], [declare, b, {who: bob, teamId: T1}], up, [act, bob, leave],
    [act, ada, be invited to the next shoot], refresh, up, [declare, b, {who: bob, teamId: T1, resend: 1}], up`,
  "to another organization, whose provider is renamed and gets another key, and back": `
    [declare, a, {who: ada}], [declare, b, {who: bob}], up, [move, a, E], up, [rename, E], [rotate, E], up,
    [move, a, D], up`,
  "among three providers of one organization, with two keys": `
    [declare, a, {who: ada}], up, [move, a, S], up, [move, a, K], up`,
  "retained, deleted first, replaced on request, and only what is targeted": `
    [declare, a, {who: ada, retainOnDelete: true}], up, [declare, a, {who: cleo}],
    [declare, b, {who: bob, deleteBeforeReplace: true}], [up, {target: [b]}], [up, {replace: [b]}],
    [declare, b, {who: dora, deleteBeforeReplace: true}], up`,
};

/**
 * The same scripts on the real engine and on the model's own: after each command both have the same state, the
 * same people are at the API, and the same e-mails were sent. So what the model proves holds for the real one.
 */
describe("the model's engine does what the real one does", () => {
  // Side by side: the real engine mostly waits.
  const runs: Record<string, Promise<unknown>> = {};
  before(() => {
    for (const [name, text] of Object.entries(FIXED))
      runs[name] = compare(readScript(text).lines).catch((error) => error);
  });
  for (const name of Object.keys(FIXED))
    it(`for ${name}`, async () => {
      const error = await runs[name];
      if (error) throw error;
    });
});

async function compare(script: Line[]): Promise<void> {
  const world = await World.start({});
  const real = await Organizations.start({});
  const stack = await TestStack.create(real.at(0), { language: "javascript", program: "" });
  try {
    for (const line of script) {
      const seen = await play(world, line);
      if (line[0] === "act") act(real.at(line[3] ?? 0), line[1], line[2]);
      if (line[0] === "rename" || line[0] === "rotate") real[line[0]](line[1]);
      if (!seen) continue;
      const flags = (["target", "replace"] as const).flatMap((flag) =>
        (seen.disturbed[flag] ?? []).flatMap((slot) => [`--${flag}`, `**::${slot}`]),
      );
      stack.env = { HEADSHOTPRO_API_KEY: real.account("D").key };
      await stack.setProgram(programText(world.program, real));
      const marks = real.marks();
      const { code, printed } = await stack[seen.command](...flags);
      assert.equal(code === 0, seen.errors.length === 0, printed);
      assert.deepEqual(await recorded(stack), inModel(world.state), printed);
      assert.deepEqual(atTheApi(real), atTheApi(world.organizations), printed);
      const posts = real.since(marks).requests.filter(({ method }) => method === "POST");
      assert.equal(posts.length, seen.requests.filter(({ method }) => method === "POST").length, printed);
    }
  } finally {
    await stack.remove();
    await real.stop();
    await world.stop();
  }
}

/** A resource as the real state has it. */
interface RealResource extends ExportedResource {
  provider: string;
  delete?: true;
  pendingReplacement?: true;
  retainOnDelete?: boolean;
}

/** The program of a model, for the real engine. */
function programText(program: ReadonlyMap<string, Declared>, organizations: Organizations): string {
  const used = [...new Set([...program.values()].map(({ at = "D" }) => at))].filter((at) => at !== "D");
  const providers = used.map((letter) => {
    const { key: apiKey, url: baseUrl } = organizations.account(letter);
    const args = JSON.stringify({ apiKey, baseUrl });
    return `const ${letter} = new Provider(${JSON.stringify(organizations.nameOf(letter))}, ${args});`;
  });
  const resources = [...program].map(([slot, declared]) => {
    const { at = "D", retainOnDelete, deleteBeforeReplace } = declared;
    const options = JSON.stringify({ retainOnDelete, deleteBeforeReplace });
    const provider = at === "D" ? "" : `, provider: ${at}`;
    const inputs = JSON.stringify(inputsOf(declared));
    return `new HeadshotInvite("${slot}", ${inputs}, { ...${options}${provider} });`;
  });
  return [...providers, ...resources].join("\n");
}

const inModel = ({ resources }: State) => resources.map(comparable).sort();

async function recorded(stack: TestStack): Promise<string[]> {
  const resources = (await stack.export()).resources as RealResource[];
  return resources
    .map(({ urn, id, inputs, outputs, retainOnDelete, ...rest }) => {
      // urn:pulumi:STACK::PROJECT::TYPE::NAME::ID
      const name = rest.provider.split("::").at(-2) ?? "";
      return comparable({
        ...{ slot: urn.split("::").at(-1) ?? "", id, inputs, outputs, org: 0 },
        ...{ provider: name.startsWith("default") ? "" : name, retainOnDelete },
        ...({ doomed: rest.delete, halfReplaced: rest.pendingReplacement } as object),
      } as Resource);
    })
    .sort();
}

/** Without what differs between two runs: times, secrets and random ids. */
function comparable({ slot, id, provider, inputs, outputs, ...rest }: Resource): string {
  const { status, teamId, adopted, renewals, maxRenewals, forceDestroy, resend, __organization } = outputs;
  const seen = { status, teamId, adopted, renewals, maxRenewals, forceDestroy, resend, __organization };
  const sorted = Object.entries(inputs).sort().flat().join();
  const { doomed = false, halfReplaced = false, retainOnDelete = false } = rest;
  return JSON.stringify([slot, id, provider, sorted, seen, doomed, halfReplaced, retainOnDelete]);
}

function atTheApi({ emulators }: Organizations): unknown {
  return emulators.map((one) => [
    one
      .invites()
      .map(({ email, status, teamId }) => `${email} ${status} ${teamId}`)
      .sort(),
    one.outbox.map(({ to }) => to).sort(),
  ]);
}
