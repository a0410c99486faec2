import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Verb } from "headshotpro-emulator";
import type { Page } from "playwright-core";
import { bring, create } from "../../support/emulators";
import { pages, rowOf, shows } from "./pages";

/** The name of what has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate(
    "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()",
  );
}

/** Goes on with Tab until the element with this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let n = 0; n < 60; n += 1) {
    if ((await focused(page)) === name) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${name}`);
}

/** What the page says must agree with what it shows, however long it waits for an answer. */
async function looksLate(page: Page): Promise<void> {
  await page.route("**/_emulator/state", async (route) => {
    await sleep(300);
    await route.continue();
  });
}

describe("the emulator's page by keyboard", () => {
  const open = pages();
  const ada = "ada@acme.com";

  it("leads somebody through all they do, with the focus on their next step", async () => {
    const { page, emulator } = await open({ prepare: (emulator) => bring(emulator, ada, "pending") });
    await tabTo(page, `Accept ${ada}`);
    for (const status of ["accepted", "uploading", "generating", "completed"]) {
      await page.keyboard.press("Enter");
      await rowOf(page, ada).locator(".status", { hasText: status }).waitFor();
      assert.equal(emulator.invite(ada)?.status, status);
    }
    await shows(page, "#credits", "999");
    await page.keyboard.press("Enter");
    await shows(page, "#outbox", "by HeadshotPro");
    await rowOf(page, ada).locator(".status", { hasText: "pending" }).waitFor();
    await tabTo(page, `Leave ${ada}`);
    await page.keyboard.press("Enter");
    await rowOf(page, ada).locator(".status", { hasText: "deleted" }).waitFor();
    assert.equal(await page.evaluate("document.activeElement.tagName"), "TR", "it has no button left");
  });

  it("expires and revokes", async () => {
    const { page, emulator } = await open({ prepare: (emulator) => bring(emulator, ada, "pending") });
    await tabTo(page, `Expire ${ada}`);
    await page.keyboard.press("Space");
    await shows(page, "#people", "expired");
    assert.throws(() => emulator.accept(ada), /the link expired/);
    await tabTo(page, `Revoke ${ada}`);
    await page.keyboard.press("Space");
    await rowOf(page, ada).locator(".status", { hasText: "revoked" }).waitFor();
    assert.equal(await rowOf(page, ada).locator("button").count(), 0);
  });

  it("keeps the focus while others come and go", async () => {
    const { page, emulator } = await open({ prepare: (emulator) => bring(emulator, ada, "pending") });
    await tabTo(page, `Revoke ${ada}`);
    bring(emulator, "grace@acme.com", "pending");
    await rowOf(page, "grace@acme.com").waitFor();
    assert.equal(await focused(page), `Revoke ${ada}`);
  });

  it("says what cannot be done, in the emulator's words", async () => {
    const { page } = await open({
      emulator: { credits: 1 },
      prepare(emulator) {
        bring(emulator, ada, "accepted");
        emulator.credits = 0;
      },
    });
    await tabTo(page, `Upload ${ada}`);
    await page.keyboard.press("Enter");
    await shows(page, "#said.bad", `${ada} cannot upload: no credits are left`);
  });

  it("arms a fault, and removes it", async () => {
    const { page, emulator } = await open();
    await page.getByLabel("What happens").selectOption("status");
    await page.getByLabel("Status", { exact: true }).fill("418");
    await page.getByLabel("Only for").fill(ada);
    await page.getByLabel("How often").fill("2");
    await page.keyboard.press("Enter");
    await shows(page, "#faults", `create, after the effect: HTTP 418, ${ada} (2 to come)`);
    assert.equal((await create(emulator, ada)).status, 418);
    assert.equal(emulator.outbox.length, 1, "after the effect");
    await shows(page, "#faults", "(1 to come)");
    await tabTo(page, "Remove all");
    await looksLate(page);
    await page.keyboard.press("Enter");
    await shows(page, "#said", "No fault is armed.");
    assert.equal(await page.locator("#faults li").count(), 0);
    assert.equal((await create(emulator, "grace@acme.com")).status, 200);
  });

  it("offers every fault that there is, on every end point", async () => {
    const { page, emulator } = await open();
    const unknown = { on: "any", kind: "no such kind" } as unknown as Parameters<typeof emulator.fault>[0];
    const [, named = ""] = /it is (.+), \{status\} or/.exec(refusalOf(() => emulator.fault(unknown))) ?? [];
    const offered = await page
      .locator("select[name=kind] option")
      .evaluateAll((all) => all.map((option) => option.getAttribute("value") ?? ""));
    assert.deepEqual(offered.sort(), [...named.split(", "), "status", "delay"].sort());
    const verbs = await page.locator("select[name=on] option").allTextContents();
    for (const on of verbs) emulator.fault({ on: on as Verb, kind: "reset" }).remove();
    assert.equal(verbs.length, 12);
    const only: Record<string, string> = {
      "somebody-else": "get",
      "unreadable-rows": "list",
      "no-effect": "assign",
    };
    for (const kind of offered) {
      await page.getByLabel("What happens").selectOption(kind);
      await page.locator("select[name=on]").selectOption(only[kind] ?? "any");
      await page.getByLabel("always").check();
      const answered = page.waitForResponse(/faults$/);
      await page.getByRole("button", { name: "Arm" }).click();
      assert.equal((await answered).status(), 200, kind);
    }
    await page.locator(`#faults li >> nth=${offered.length - 1}`).waitFor();
  });

  it("moves somebody into a team and out of it, with the focus on the list", async () => {
    const { page, emulator } = await open({ prepare: (emulator) => bring(emulator, ada, "completed") });
    await tabTo(page, `Team of ${ada}`);
    for (const [letter, teamId] of [
      ["M", "team_xyz789"],
      ["n", null],
    ] as const) {
      await page.keyboard.press(letter);
      await shows(page, "#said", `Done: move ${ada}`);
      assert.equal(emulator.invite(ada)?.teamId, teamId);
      await page.locator("#said").evaluate((said) => said.replaceChildren());
      assert.equal(await focused(page), `Team of ${ada}`);
    }
  });

  it("makes, renames and deletes a team", async () => {
    const { page, emulator } = await open({ emulator: { teams: { team_a: "Sales" } } });
    await page.getByLabel("New team").fill("sales");
    await page.keyboard.press("Enter");
    await shows(page, "#said.bad", "Team with this name already exists");
    await page.getByLabel("New team").fill("Legal");
    await page.keyboard.press("Enter");
    await shows(page, "#teams-count", "2");
    await page.getByLabel("Name of Sales").fill("Sales & Service");
    await page.keyboard.press("Enter");
    await page.getByLabel("Name of Sales & Service").waitFor();
    assert.deepEqual(Object.values(emulator.teams), ["Sales & Service", "Legal"]);
    await tabTo(page, "Delete Sales & Service");
    await page.keyboard.press("Enter");
    await shows(page, "#teams-count", "1");
    assert.deepEqual(Object.values(emulator.teams), ["Legal"]);
  });

  it("lets retention pass, and gives somebody a retry before", async () => {
    const { page, emulator } = await open({
      prepare(emulator) {
        for (const email of [ada, "grace@acme.com"]) bring(emulator, email, "completed");
      },
    });
    await page.getByLabel("Days until").fill("30");
    await page.keyboard.press("Enter");
    await shows(page, "#said", "data deleted after 30 days, new shoots after no months");
    assert.deepEqual(emulator.automation, { retentionDays: 30, nextShootMonths: undefined });
    await tabTo(page, `Retry ${ada}`);
    await page.keyboard.press("Enter");
    await rowOf(page, ada).locator(".status", { hasText: "uploading" }).waitFor();
    await tabTo(page, "+31 days");
    await page.keyboard.press("Enter");
    await rowOf(page, "grace@acme.com").locator(".status", { hasText: "deleted" }).waitFor();
    assert.equal(emulator.invite(ada)?.status, "uploading");
    await page.getByLabel("Days until").fill("");
    await page.keyboard.press("Enter");
    await shows(page, "#said", "data deleted after no days");
    assert.equal(emulator.automation.retentionDays, undefined);
  });

  it("turns the clock, and back", async () => {
    const { page, emulator } = await open({ emulator: { now: () => Date.UTC(2027, 0, 1) } });
    await tabTo(page, "+31 days");
    await page.keyboard.press("Enter");
    await shows(page, "#now", "2027-02-01");
    await page.getByLabel("Date").fill("2031-05-01");
    await page.keyboard.press("Enter");
    await shows(page, "#now", "2031-05-01");
    assert.equal(emulator.clock.now().toISOString(), "2031-05-01T00:00:00.000Z");
    await page.clock.setFixedTime("2027-03-04T05:06:07Z");
    await tabTo(page, "Real time");
    await page.keyboard.press("Enter");
    await shows(page, "#now", "2027-03-04 05:06");
  });
});

function refusalOf(attempt: () => void): string {
  try {
    attempt();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it was not refused");
}
