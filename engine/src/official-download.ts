import { connect } from "node:net";
import { run } from "./run";

const HOST = "get.pulumi.com";
const REACH_LIMIT_MS = 8_000;
const INSTALL_LIMIT_MS = 15 * 60_000;

// The Automation API sets no time limit, cannot be stopped and takes a second to load: so a process of its own.
const INSTALLER = `
const [automation, semver, version, root] = process.argv.slice(1);
require(automation).PulumiCommand.install({ version: require(semver).parse(version), root }).catch((error) => {
  const script = error.commandResult && error.commandResult.err;
  console.error((script && script.stderr) || error.message.split("\\n")[0]);
  process.exitCode = 1;
});`;

/** Installs the official CLI below `root`; throws why not, soon where the host cannot be reached. */
export async function officialDownload(version: string, root: string, env: NodeJS.ProcessEnv): Promise<void> {
  await reach(HOST, 443);
  await install(version, root, env);
}

/** Lets the Automation API install the CLI below `root`, with a time limit. */
export async function install(version: string, root: string, env: NodeJS.ProcessEnv): Promise<void> {
  const modules = [require.resolve("@pulumi/pulumi/automation"), require.resolve("semver")];
  const result = await run(process.execPath, ["-e", INSTALLER, "--", ...modules, version, root], {
    env,
    timeoutMs: INSTALL_LIMIT_MS,
  });
  if (result.problem !== undefined) throw new Error(result.problem);
}

/** Connects and hangs up: a host that is filtered away would otherwise hold us for minutes. */
export function reach(host: string, port: number, limitMs = REACH_LIMIT_MS): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const limit = setTimeout(() => end(`no answer in ${limitMs / 1000} s`), limitMs);
    const end = (reason?: string): void => {
      clearTimeout(limit);
      socket.destroy();
      if (reason === undefined) resolve();
      else reject(new Error(`${host} cannot be reached (${reason})`));
    };
    socket.once("connect", () => end());
    socket.once("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}
