import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { version as sdk } from "@pulumi/pulumi/package.json";
import { startEmulator } from "headshotpro-emulator";
import { version as provider } from "pulumi-headshotpro/package.json";
import { fileOf, type StateFixture } from "./old-state";
import { TestStack } from "./stack";

/** Links that were sent then stay good for as long as these tests are run; those of the other day have expired. */
const FAR_AHEAD = "2099-01-01T00:00:00.000Z";
const LONG_AGO = "2020-01-01T00:00:00.000Z";

const LISTED = Array.from({ length: 5 }, (_, n) => `listed${n}@acme.com`);

const PROGRAM = [
  'const named = new Provider("named", { apiKeyEnv: "OTHER_KEY" });',
  'const keyed = new Provider("keyed", { apiKey: "hp_emulator_key", forceDestroy: false });',
  'new HeadshotInvite("pending", { email: "pending@acme.com" });',
  'new HeadshotInvite("team", { email: "team@acme.com", teamId: "team_xyz789", maxRenewals: 1, keepLink: true });',
  'new HeadshotInvite("adopted", { email: "adopted@acme.com" });',
  'new HeadshotInvite("accepted", { email: "accepted@acme.com", adopt: false });',
  'new HeadshotInvite("completed", { email: "completed@acme.com", forceDestroy: true });',
  `new HeadshotRoster("people", { members: ${JSON.stringify(LISTED)} });`,
  'new HeadshotInvite("by-named", { email: "by-named@acme.com" }, { provider: named });',
  'new HeadshotInvite("by-keyed", { email: "by-keyed@acme.com" }, { provider: keyed });',
];
const EXPIRED = 'new HeadshotInvite("expired", { email: "expired@acme.com" });';

/** Runs the engine on an emulator, and keeps the state that it left. See tests/fixtures/state/README.md. */
async function record(name: string): Promise<void> {
  const file = fileOf(name);
  if (existsSync(file)) throw new Error(`${file} is there already: fixtures are added, never changed.`);
  const emulator = await startEmulator();
  const stack = await TestStack.create(emulator, {
    language: "javascript",
    env: { OTHER_KEY: emulator.apiKey },
  });
  try {
    emulator.clock.set(FAR_AHEAD);
    emulator.inviteByHand({ email: "adopted@acme.com", teamId: "team_abc123" });
    await stack.setProgram(PROGRAM.join("\n"));
    await stack.must("up", "--yes", "--skip-preview");
    emulator.setStatus("accepted@acme.com", "accepted");
    emulator.setStatus("completed@acme.com", "completed");
    await stack.must("refresh", "--yes", "--skip-preview");
    emulator.clock.set(LONG_AGO);
    await stack.setProgram([...PROGRAM, EXPIRED].join("\n"));
    await stack.must("up", "--yes", "--skip-preview");
    const fixture: StateFixture = {
      recorded: { provider, sdk, engine: (await stack.must("version")).printed.trim() },
      program: [...PROGRAM, EXPIRED],
      people: emulator.invites().map(({ email, status, teamId, createdAt }) => ({
        email,
        status,
        teamId,
        createdAt,
      })),
      renewed: ["expired@acme.com"],
      ...JSON.parse((await stack.must("stack", "export")).printed, withoutPaths),
    };
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify(fixture, null, 2)}\n`);
    console.log(`written: ${file}`);
  } finally {
    await stack.remove();
    await emulator.close();
  }
}

/** Where the program stood on the machine that ran it is nobody's business, and half of the text. */
function withoutPaths(key: string, value: unknown): unknown {
  return key === "sourcePosition" || key === "stackTrace" ? undefined : value;
}

const [, , name] = process.argv;
if (!name) throw new Error("Give the new fixture's name, such as the version that writes it: 0.2.0");
void record(name);
