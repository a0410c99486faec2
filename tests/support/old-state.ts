import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Emulator } from "headshotpro-emulator";

const FOLDER = resolve(__dirname, "../fixtures/state");

/** A state as an earlier version left it, with all that is needed to go on from there. */
export interface StateFixture {
  recorded: { provider: string; sdk: string; engine: string };
  /** The program that the state belongs to, by lines. */
  program: string[];
  /** Whom the API has. */
  people: { email: string; status: string; teamId?: string | null; createdAt: string }[];
  /** Whom the next `up` invites again, because the link has expired. */
  renewed: string[];
  /** As `pulumi stack export` wrote it. */
  version: number;
  deployment: { resources: { type: string; id?: string; outputs?: Record<string, unknown> }[] };
}

export function fileOf(name: string): string {
  return join(FOLDER, `${name}.json`);
}

export function fixtures(): { name: string; fixture: StateFixture }[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => file.slice(0, -".json".length))
    .map((name) => ({ name, fixture: JSON.parse(readFileSync(fileOf(name), "utf8")) }));
}

/** Puts a fixture's people into an emulator, each at their own time. */
export function settle(emulator: Emulator, people: StateFixture["people"]): void {
  for (const { email, status, teamId, createdAt } of people) {
    emulator.clock.set(createdAt);
    emulator.inviteByHand({ email, teamId: teamId ?? undefined });
    emulator.setStatus(email, status);
  }
  emulator.clock.reset();
  emulator.clearOutbox();
}

type Args = Record<string, unknown>;

/**
 * A fixture's program in YAML, for the plugin.
 *
 * @example
 * inYaml(['new HeadshotInvite("ada", { email: "ada@acme.com" });']);
 * // resources: {"ada":{"type":"headshotpro:HeadshotInvite","properties":{"email":"ada@acme.com"}}}
 */
export function inYaml(program: readonly string[]): string {
  const resources: Args = {};
  class Provider {
    constructor(
      readonly name: string,
      properties: Args,
    ) {
      resources[name] = { type: "pulumi:providers:headshotpro", properties };
    }
  }
  class HeadshotInvite {
    constructor(name: string, properties: Args, { provider }: { provider?: Provider } = {}) {
      const options = provider && { provider: `\${${provider.name}}` };
      resources[name] = { type: "headshotpro:HeadshotInvite", properties, options };
    }
  }
  class HeadshotRoster {
    constructor(name: string, properties: Args) {
      resources[name] = { type: "headshotpro:HeadshotRoster", properties };
    }
  }
  // What the program declares is known only by running it.
  const classes = { HeadshotInvite, HeadshotRoster, Provider };
  new Function(...Object.keys(classes), program.join("\n"))(...Object.values(classes));
  return `resources: ${JSON.stringify(resources)}\n`;
}
