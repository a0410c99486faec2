/**
 * What the text in every state loads: `module.exports=require('pulumi-headshotpro/runtime')`, and
 * `exports.handler=()=>require("pulumi-headshotpro/runtime")` in those that were written first.
 *
 * A stored contract: this module's name, and that it exports the operations of a dynamic provider and a `handler`
 * that returns them, can never change, and these operations must read the state of all earlier versions. The same holds
 * of `.teams`, which a team's text adds.
 */
import type { InviteInputs, InviteState } from "../invite/invite";
import type { DiffResult } from "../provider/diff";
import { withSecrets } from "../provider/outputs";
import { InviteProvider } from "../provider/provider";
import type { TeamInputs, TeamState } from "../provider/team-resource";
import { parseDuration } from "../provider/time-limits";
import { isCopyOfUserError } from "../user-error";
import { watchEngine } from "./engine-watch";
import { PeerFiles } from "./peer-files";

/** The SDK's view of the stack's (or an explicit provider's) configuration. */
interface ConfigureRequest {
  config: { get(key: string): string | undefined };
}

/** Old outputs as the SDK hands them over. */
type Stored = Partial<InviteState> & { __provider?: string };

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

/** The SDK keeps `customTimeouts` from a dynamic provider: the program sends them along, and nothing records them. */
const timeouts = new Map<string, CustomTimeouts>();

interface CustomTimeouts {
  create?: string;
  update?: string;
}

export const check: InviteProvider["check"] = async (olds, { __timeouts, ...news }) => {
  const checked = await provider.check(olds, news);
  timeouts.set(`person ${checked.inputs.email}`, (__timeouts ?? {}) as CustomTimeouts);
  return checked;
};

/** A state that the plugin has written lacks the text by which the SDK finds this module: it has to be recorded. */
export async function diff(id: string, olds: Stored, news: InviteInputs): Promise<DiffResult> {
  const found = await provider.diff(id, olds, news);
  return found.changes === false && olds.__provider === undefined ? { changes: true } : found;
}

export const create: InviteProvider["create"] = async (inputs) => {
  const seconds = parseDuration(timeouts.get(`person ${inputs.email}`)?.create);
  const { id, outs } = await provider.within(seconds, () => provider.create(inputs));
  return { id, outs: withSecrets(outs) };
};

export const read: InviteProvider["read"] = async (id, known) => {
  const { props, ...rest } = await provider.read(id, known);
  return props ? { ...rest, props: withSecrets(props) } : rest;
};

export const update: InviteProvider["update"] = async (id, olds, news) => {
  const seconds = parseDuration(timeouts.get(`person ${news.email}`)?.update);
  const { outs } = await provider.within(seconds, () => provider.update(id, olds, news));
  return { outs: withSecrets(outs) };
};

const deleteInvite = provider.delete.bind(provider);

export { deleteInvite as delete };

/** The same of teams, in the same process: one run's memory is theirs, too. */
const teamOperations = {
  configure,
  async check(olds: Record<string, unknown>, { __timeouts, ...news }: Record<string, unknown>) {
    const checked = await provider.teams.check(olds, news);
    timeouts.set(`team ${checked.inputs.name}`, (__timeouts ?? {}) as CustomTimeouts);
    return checked;
  },
  async diff(id: string, olds: Partial<TeamState> & Stored, news: TeamInputs): Promise<DiffResult> {
    const found = await provider.teams.diff(id, olds, news);
    return found.changes === false && olds.__provider === undefined ? { changes: true } : found;
  },
  create(inputs: TeamInputs) {
    const seconds = parseDuration(timeouts.get(`team ${inputs.name}`)?.create);
    return provider.within(seconds, () => provider.teams.create(inputs));
  },
  read: (id: string, known: Partial<TeamState>) => provider.teams.read(id, known),
  update(id: string, olds: Partial<TeamState>, news: TeamInputs) {
    const seconds = parseDuration(timeouts.get(`team ${news.name}`)?.update);
    return provider.within(seconds, () => provider.teams.update(id, olds, news));
  },
  delete: (id: string, known: Partial<TeamState>) => provider.teams.delete(id, known),
};

export const teams = { handler: () => teamOperations };

/** How the SDK asks the module of a text for its operations. */
export const handler = () => ({ configure, check, diff, create, read, update, delete: deleteInvite });

/** The engine prints what an operation throws; the SDK's copy stays off the terminal. Every other line passes. */
function printErrorsOnce(target: Pick<Console, "error">): void {
  const print = target.error.bind(target);
  target.error = (...parts: unknown[]) => {
    if (!isCopyOfUserError(parts[0])) print(...parts);
  };
}
