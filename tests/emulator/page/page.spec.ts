import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { bring, call, create, list } from "../../support/emulators";
import { pages, rowOf, shows } from "./pages";

const ADA = "ada@acme.com";
/** Runs if anything takes it for markup. */
const EVIL = `"><img src=x onerror="alert('it ran')"><script>alert("it ran")</script>`;

/** What the table says of each person: address, status, team, expiry. */
function cells(page: Page): Promise<string[][]> {
  return page
    .locator("#people tr")
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.querySelectorAll("td")]
          .slice(0, 4)
          .map((cell) => (cell.querySelector("option:checked") ?? cell).textContent ?? ""),
      ),
    );
}

describe("the emulator's page", () => {
  const open = pages();

  it("shows each person's status, team and expiry, the newest first", async () => {
    const { page, emulator } = await open((emulator) => {
      emulator.clock.set("2031-05-01T10:00:00Z");
      bring(emulator, ADA, "completed");
      emulator.moveToTeam(ADA, "team_abc123");
      bring(emulator, "alan@acme.com", "pending");
      emulator.expire("alan@acme.com");
    });
    assert.deepEqual(await cells(page), [
      [ADA, "completed", "Engineering", "2031-05-31"],
      ["alan@acme.com", "pending", "none", "expired 2031-05-01"],
    ]);
    await shows(page, "#now", "2031-05-01 10:00");
    await shows(page, "#pending", "1 of 1,998");
    assert.equal(emulator.requests.length, 0, "looking is not a request of the API");
  });

  it("follows what comes in, without a reload", async () => {
    const { page, emulator } = await open();
    emulator.fault({ on: "list", kind: { status: 503 } });
    await create(emulator, ADA, "team_xyz789");
    await list(emulator);
    await rowOf(page, ADA).waitFor();
    await shows(page, "#outbox", emulator.outbox[0]?.link ?? "");
    await shows(page, "#requests", "GET /api/v2/organization/invites 503 fault: 503");
    await shows(page, "#rate-limit", "298 of 300 left");
    emulator.accept(ADA);
    await shows(page, "#people", "accepted");
  });

  it("shows markup as text, wherever it comes from, runs nothing and asks nobody but its emulator", async () => {
    const { page, emulator, complaints, asked } = await open(
      (emulator) => {
        emulator.addEntry({ email: `${EVIL}@acme.com`, status: `${EVIL} status`, teamId: "team_evil" });
        emulator.fault({ on: "create", kind: "reset", email: `${EVIL}@faulty.com` });
      },
      { teams: { team_evil: EVIL } },
    );
    await call(emulator, "GET", `/${encodeURIComponent(EVIL)}`);
    assert.deepEqual((await cells(page))[0]?.slice(0, 3), [`${EVIL}@acme.com`, `${EVIL} status`, EVIL]);
    assert.equal(await page.locator("#teams input").inputValue(), EVIL);
    await shows(page, "#faults", EVIL);
    await shows(page, "#requests", encodeURIComponent(EVIL).slice(0, 20));
    await page.getByLabel(`Revoke ${EVIL}`).click();
    await shows(page, "#said", EVIL);
    assert.equal(await page.locator("main img, main script, #said *").count(), 0);
    assert.deepEqual(complaints, []);
    const origins = new Set(asked.map((url) => new URL(url).origin));
    assert.deepEqual([...origins], [new URL(emulator.url).origin]);
  });
});
