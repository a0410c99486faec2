/**
 * What the text in every state loads: `module.exports=require('pulumi-headshotpro/runtime')`, and
 * `exports.handler=()=>require("pulumi-headshotpro/runtime")` in those that were written first.
 *
 * A stored contract: this module's name, and that it exports the operations of a dynamic provider and a `handler`
 * that returns them, can never change, and these operations must read the state of all earlier versions. The same holds
 * of `.teams`, which a team's text adds.
 */
import type { InviteInputs } from "../invite/invite";
import { withSecrets } from "../provider/outputs";
import { InviteProvider } from "../provider/provider";
import type { TeamInputs } from "../provider/team-resource";
import { parseDuration } from "../provider/time-limits";
import { isCopyOfUserError } from "../user-error";
import { watchEngine } from "./engine-watch";
import { PeerFiles } from "./peer-files";

/** The SDK's view of the stack's (or an explicit provider's) configuration. */
interface ConfigureRequest {
  config: { get(key: string): string | undefined };
}

const engineAddress = process.argv.at(-1) ?? "";
const provider = new InviteProvider({
  // A line on stdout becomes a message on the stack (pulumi/pulumi, SDK 3.146 and later).
  log: (line) => console.log(line),
  env: process.env,
  peers: new PeerFiles(engineAddress),
});

let isConfigured = false;

/** The SDK calls it once for each text that it meets. They all have the same configuration, and one run's memory. */
export async function configure(request: ConfigureRequest): Promise<void> {
  if (isConfigured) return;
  isConfigured = true;
  printErrorsOnce(console);
  // Not `process.exit`'s usual courtesy: printing would fail, and the SDK's handler for that spins.
  watchEngine(engineAddress, () => process.kill(process.pid, "SIGKILL"));
  provider.configure((key) => request.config.get(`headshotpro:${key}`));
}

type CustomTimeouts = Partial<Record<"create" | "update", string>>;

/** The operations of a resource, whatever it is. */
type Operations = Pick<InviteProvider, "check" | "diff" | "create" | "read" | "update" | "delete">;
type Inputs = Partial<InviteInputs & TeamInputs>;

/**
 * Operations as the SDK takes them.
 *
 * @param key the input that tells the resources of a program apart.
 */
function bind(key: "email" | "name", operations: () => Operations): Operations {
  // The SDK keeps `customTimeouts` from a dynamic provider: the program sends them along, and nothing records them.
  const timeouts = new Map<unknown, CustomTimeouts>();
  const within = <T>(inputs: Inputs, operation: keyof CustomTimeouts, act: () => Promise<T>) =>
    provider.within(parseDuration(timeouts.get(inputs[key])?.[operation]), act);
  return {
    async check(olds, { __timeouts, ...news }) {
      const checked = await operations().check(olds, news);
      timeouts.set(checked.inputs[key], (__timeouts ?? {}) as CustomTimeouts);
      return checked;
    },
    // A state that the plugin has written lacks the text by which the SDK finds this module: it has to be recorded.
    async diff(id, olds, news) {
      const found = await operations().diff(id, olds, news);
      return found.changes === false && !("__provider" in olds) ? { changes: true } : found;
    },
    async create(inputs) {
      const { id, outs } = await within(inputs, "create", () => operations().create(inputs));
      return { id, outs: withSecrets(outs) };
    },
    async read(id, known) {
      const { props, ...rest } = await operations().read(id, known);
      return props ? { ...rest, props: withSecrets(props) } : rest;
    },
    async update(id, olds, news) {
      const { outs } = await within(news, "update", () => operations().update(id, olds, news));
      return { outs: withSecrets(outs) };
    },
    delete: (id, known) => operations().delete(id, known),
  };
}

const people = bind("email", () => provider);

const { delete: deleteInvite } = people;
export const { check, diff, create, read, update } = people;
export { deleteInvite as delete };

/** How the SDK asks the module of a text for its operations. */
export const handler = () => ({ configure, ...people });

/** The same of teams, in the same process: one run's memory is theirs, too. */
const teamOperations = { configure, ...bind("name", () => provider.teams as unknown as Operations) };

export const teams = { handler: () => teamOperations };

/** The engine prints what an operation throws; the SDK's copy stays off the terminal. Every other line passes. */
function printErrorsOnce(target: Pick<Console, "error">): void {
  const print = target.error.bind(target);
  target.error = (...parts: unknown[]) => {
    if (!isCopyOfUserError(parts[0])) print(...parts);
  };
}
