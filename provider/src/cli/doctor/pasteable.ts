import type { Finding } from "./finding";

/** What tells who somebody is. */
export interface Personal {
  home: string;
  /** The API key, if there is one. */
  apiKey?: string;
  /** Of an API or a proxy that is not the vendor's: a company's own. */
  hosts: readonly string[];
}

/** Not `package@1.0.0`. */
const EMAIL = /[^\s"'<>()@,;:/\\]+@(?!\d+\.\d)[^\s"'<>()@,;:/\\]+\.\p{L}{2,}/gu;

/** Somebody's folder on Linux, macOS or Windows, also if it is not the home folder of who runs this. */
const SOMEBODYS_FOLDER = /(?:\/home\/|\/Users\/|[A-Z]:\\Users\\)[^\s/\\"']+/g;

/** A finding without what tells who somebody is, so that it can be pasted into an issue. */
export function pasteable(finding: Finding, personal: Personal): Finding {
  const { todo, value } = finding;
  return {
    ...finding,
    value: impersonal(value, personal),
    ...(todo !== undefined && { todo: impersonal(todo, personal) }),
  };
}

function impersonal(text: string, { home, apiKey, hosts }: Personal): string {
  let told = apiKey ? text.replaceAll(apiKey, "[API key]") : text;
  if (home.length > 1) told = told.replaceAll(home, "~");
  for (const host of hosts) told = told.replaceAll(host, "[host]");
  return told.replace(SOMEBODYS_FOLDER, "~").replace(EMAIL, "[e-mail]");
}
