import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";

const ROOT = resolve(__dirname, "../..");
const LIGHT_SDK = resolve(__dirname, "../support/light-sdk.js");
const IMPORTS = `
const pulumi = require("@pulumi/pulumi");
const headshotpro = require("pulumi-headshotpro");
`;

/**
 * What a function's body, run in a process of its own, returns: the SDK's mocks and its stack are for the whole
 * process.
 */
export async function inOwnProcess(body: string, env: Record<string, string> = {}): Promise<unknown> {
  const script = `${IMPORTS}(async () => {${body}})().then((value) => console.log(JSON.stringify(value ?? null)));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["-r", LIGHT_SDK, "-e", script], {
    cwd: ROOT,
    env: { ...process.env, ...env },
  });
  return JSON.parse(stdout);
}
