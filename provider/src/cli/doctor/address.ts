import { DEFAULT_BASE_URL, isLoopback } from "../../client/endpoint";
import { type Environment, VARIABLES } from "../../settings";

/** An API's address without the host of a company. @example addressOf("https://hp.acme.com/api/v2"); // "https://[host]/api/v2" */
export function addressOf(text: string): string {
  if (!URL.canParse(text.trim())) return "not a URL";
  const { protocol, host, pathname } = new URL(text.trim());
  return `${protocol}//${companyHost(text) === undefined ? host : "[host]"}${pathname}`;
}

/** A host that is neither the vendor's nor this machine. */
function companyHost(url: string): string | undefined {
  if (!URL.canParse(url.trim())) return undefined;
  const { hostname } = new URL(url.trim());
  const isKnown = hostname === "" || hostname === new URL(DEFAULT_BASE_URL).hostname || isLoopback(hostname);
  return isKnown ? undefined : hostname;
}

/** The hosts of a company that a message may name: of its API and of its proxies. @param baseUrl the stack's */
export function companyHosts(env: Environment, baseUrl: string | undefined): string[] {
  const proxies = ["https_proxy", "http_proxy", "all_proxy"].flatMap((name) => [
    env[name],
    env[name.toUpperCase()],
  ]);
  const withScheme = proxies.map(
    (address) => address && (address.includes("://") ? address : `http://${address}`),
  );
  const urls = [env[VARIABLES.baseUrl], baseUrl, ...withScheme];
  return urls.map((url) => companyHost(url ?? "")).filter((host) => host !== undefined);
}
