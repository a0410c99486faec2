import type { NamedProxy } from "../../client/proxy";
import type { Environment } from "../../settings";
import { type Finding, notable, well } from "./finding";

/**
 * @param proxy the one on the way to the API.
 * @param runsNode whether the program is in TypeScript or JavaScript.
 */
export function proxyFindings(proxy: NamedProxy | undefined, env: Environment, runsNode: boolean): Finding[] {
  const value = proxy
    ? `the one of ${proxy.variable}${proxy.authorization ? ", with a user name" : ""}`
    : "none on the way to the API";
  return [well("proxy", value), ...(runsNode ? enginesProxy(env) : [])];
}

/** grpc-js takes the way of these, and reads only their lower-case names. */
function enginesProxy(env: Environment): Finding[] {
  const variable = ["https_proxy", "http_proxy"].find((name) => env[name]);
  if (!variable || /(^|[,\s])(\*|127\.0\.0\.1)($|[,\s])/.test(env.no_proxy ?? "")) return [];
  return [
    notable(
      "proxy",
      `Pulumi's SDK asks the one of ${variable} for its own engine, too`,
      "Set no_proxy=127.0.0.1 as well, or use the upper-case name alone: see docs/proxies.md.",
    ),
  ];
}
