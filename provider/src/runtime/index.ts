/**
 * What the text in every state loads: `exports.handler=()=>require("pulumi-headshotpro/runtime")`.
 *
 * A stored contract: this module's name, and that it exports the verbs of a dynamic provider, can never change,
 * and these verbs must read the state of all earlier versions.
 */
import { InviteProvider } from "../provider/invite-provider";
import { isCopyOfVerbError } from "../provider/verb-error";
import { watchEngine } from "./engine-watch";
import { MeetingPlace } from "./meeting-place";
import { withSecretLink } from "./secret-link";

/** The SDK's view of the stack's (or an explicit provider's) configuration. */
interface ConfigureRequest {
  config: { get(key: string): string | undefined };
}

const engineAddress = process.argv.at(-1) ?? "";
const provider = new InviteProvider({
  // A line on stdout becomes a message on the stack (pulumi/pulumi, SDK 3.146 and later).
  say: (line) => console.log(line),
  env: process.env,
  meeting: new MeetingPlace(engineAddress),
});

export async function configure(request: ConfigureRequest): Promise<void> {
  printErrorsOnce(console);
  // Not `process.exit`'s usual courtesy: printing would fail, and the SDK's handler for that spins.
  watchEngine(engineAddress, () => process.kill(process.pid, "SIGKILL"));
  provider.configure((key) => request.config.get(`headshotpro:${key}`));
}

export const check = provider.check.bind(provider);
export const diff = provider.diff.bind(provider);

export const create: InviteProvider["create"] = async (inputs) => {
  const { id, outs } = await provider.create(inputs);
  return { id, outs: withSecretLink(outs) };
};

export const read: InviteProvider["read"] = async (id, known) => {
  const { props, ...rest } = await provider.read(id, known);
  return props ? { ...rest, props: withSecretLink(props) } : rest;
};

export const update: InviteProvider["update"] = async (id, olds, news) => {
  const { outs } = await provider.update(id, olds, news);
  return { outs: withSecretLink(outs) };
};

const deleteInvite = provider.delete.bind(provider);

export { deleteInvite as delete };

/** The engine prints what a verb throws; the SDK's copy stays off the terminal. Every other line passes. */
function printErrorsOnce(target: Pick<Console, "error">): void {
  const print = target.error.bind(target);
  target.error = (...parts: unknown[]) => {
    if (!isCopyOfVerbError(parts[0])) print(...parts);
  };
}
