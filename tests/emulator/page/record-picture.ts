// The README's pictures, of the emulator's page and of `status --html`: npx ts-node tests/emulator/page/record-picture.ts

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { toSummaryLine } from "../../../provider/src/cli/status";
import { toHtmlReport, toStatusReport } from "../../../provider/src/cli/status-report";
import { bring, call, create } from "../../support/emulators";
import { launch } from "./pages";

const IMAGES = resolve(__dirname, "../../../docs/images");
const NOW = new Date("2027-03-01T09:00:00Z");
const NAMES = "ada grace alan barbara katherine margaret dorothy edith frances jean".split(" ");

/** How many people of each team stand where. */
const TEAMS: [team: string | undefined, statuses: Record<string, number>][] = [
  ["Engineering", { completed: 7, generating: 2, uploading: 1, accepted: 1, pending: 4 }],
  ["Marketing", { completed: 6, accepted: 1, pending: 2 }],
  ["Customer Success", { completed: 3, uploading: 1, pending: 1 }],
  [undefined, { completed: 1, deleted: 1 }],
];

/** The page that `status --html` writes of these teams. */
function statusPage(): string {
  const standing = TEAMS.flatMap(([teamName, statuses]) =>
    Object.entries(statuses).flatMap(([status, number]) => Array(number).fill({ status, teamName })),
  );
  const people = standing.map((one, index) => ({
    ...one,
    email: `${NAMES[index % NAMES.length]}.${"abcd"[Math.floor(index / NAMES.length)]}@acme.com`,
    createdAt: new Date(NOW.getTime() - ((index * 7) % 27) * 86_400_000).toISOString(),
  }));
  return toHtmlReport(toStatusReport(people, NOW), toSummaryLine(people, NOW), NOW);
}

async function play(emulator: Emulator): Promise<void> {
  emulator.clock.set(NOW.toISOString());
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
    await page.screenshot({ path: join(IMAGES, "emulator.png") });
    const status = await browser.newPage({ viewport: { width: 900, height: 600 } });
    await status.setContent(statusPage());
    await status.screenshot({ path: join(IMAGES, "status.png"), fullPage: true });
  } finally {
    await browser.close();
    await emulator.close();
    await rm(folder, { recursive: true });
  }
}

void record();
