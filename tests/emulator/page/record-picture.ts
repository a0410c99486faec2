// The README's picture of the emulator's page: npx ts-node tests/emulator/page/record-picture.ts

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { bring, call, create } from "../../support/emulators";
import { launch } from "./pages";

const FILE = resolve(__dirname, "../../../docs/images/emulator.png");

async function play(emulator: Emulator): Promise<void> {
  emulator.clock.set("2027-03-01T09:00:00Z");
  bring(emulator, "ada@acme.com", "completed");
  bring(emulator, "grace@acme.com", "uploading");
  bring(emulator, "alan@acme.com", "accepted");
  bring(emulator, "barbara@acme.com", "pending");
  emulator.expire("barbara@acme.com");
  for (const name of ["ada", "alan"]) emulator.moveToTeam(`${name}@acme.com`, "team_abc123");
  for (const name of ["grace", "barbara"]) emulator.moveToTeam(`${name}@acme.com`, "team_xyz789");
  emulator.clearOutbox();
  await create(emulator, "katherine@acme.com", "team_abc123");
  emulator.fault({ on: "create", kind: { status: 503 } });
  await create(emulator, "margaret@acme.com", "team_xyz789");
  await create(emulator, "margaret@acme.com", "team_xyz789");
  await call(emulator, "GET", "/organization/invites");
  emulator.fault({ on: "create", when: "after", kind: "reset" });
}

async function record(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "picture-"));
  const emulator = await startEmulator({ port: 8787, credits: 20 });
  const browser = await launch(folder);
  try {
    await play(emulator);
    const page = await browser.newPage({ viewport: { width: 1120, height: 690 } });
    await page.goto(new URL("/", emulator.url).href);
    await page.locator("#people tr").first().waitFor();
    await page.screenshot({ path: FILE });
  } finally {
    await browser.close();
    await emulator.close();
    await rm(folder, { recursive: true });
  }
}

void record();
