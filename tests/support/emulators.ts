import { type Emulator, type EmulatorOptions, startEmulator } from "headshotpro-emulator";

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; undefined when it is not JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests compare it as a whole, or reach into it.
  body: any;
}

/** Call inside a `describe`: what it starts is closed after each test. */
export function emulators(): (options?: EmulatorOptions) => Promise<Emulator> {
  const running: Emulator[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((emulator) => emulator.close()));
  });
  return async (options) => {
    const emulator = await startEmulator(options);
    running.push(emulator);
    return emulator;
  };
}

/** A request as a client with the key would make it; `init` overrides anything. */
export async function call(
  emulator: Emulator,
  method: string,
  path: string,
  body?: unknown,
  init: RequestInit = {},
): Promise<Answer> {
  const response = await fetch(`${emulator.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${emulator.apiKey}`, "content-type": "application/json" },
    redirect: "manual",
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...init,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const INVITES = "/organization/invites";

export const list = (emulator: Emulator, query = "") => call(emulator, "GET", `${INVITES}${query}`);
export const create = (emulator: Emulator, email: unknown, teamId?: unknown) =>
  call(emulator, "POST", INVITES, { email, ...(teamId !== undefined && { teamId }) });
export const get = (emulator: Emulator, email: string) =>
  call(emulator, "GET", `${INVITES}/${encodeURIComponent(email)}`);
export const revoke = (emulator: Emulator, email: string) =>
  call(emulator, "POST", `${INVITES}/revoke`, { email });
/** Moves people into a team. */
export const assign = (emulator: Emulator, teamId: string, ...emails: string[]) =>
  call(emulator, "POST", `/organization/teams/${encodeURIComponent(teamId)}/members`, { emails });

/** Brings somebody who was not invited yet to a status, on the ways that people take. */
export function bring(emulator: Emulator, email: string, status: string): void {
  emulator.inviteByHand({ email });
  const steps = [
    ["accepted", emulator.accept],
    ["uploading", emulator.startUpload],
    ["generating", emulator.generate],
    ["completed", emulator.complete],
  ] as const;
  if (status === "revoked") emulator.revokeByHand(email);
  if (status === "pending" || status === "revoked") return;
  for (const [reached, step] of steps) {
    step(email);
    if (reached === status) return;
  }
  if (status === "deleted") emulator.leave(email);
  else emulator.setStatus(email, status);
}
