import assert from "node:assert/strict";
import { bring, call, create, list } from "../../support/emulators";
import { cells, pages, rowOf, shows } from "./pages";

describe("the emulator's page", () => {
  const open = pages();

  it("shows each person's status, team and expiry, the newest first", async () => {
    const { page, emulator } = await open({
      prepare(emulator) {
        emulator.clock.set("2031-05-01T10:00:00Z");
        bring(emulator, "ada@acme.com", "completed");
        emulator.moveToTeam("ada@acme.com", "team_abc123");
        bring(emulator, "grace@acme.com", "revoked");
        bring(emulator, "alan@acme.com", "pending");
        emulator.expire("alan@acme.com");
      },
    });
    assert.deepEqual(await cells(page), [
      ["grace@acme.com", "revoked", "", "2031-05-31"],
      ["ada@acme.com", "completed", "Engineering", "2031-05-31"],
      ["alan@acme.com", "pending", "none", "expired 2031-05-01"],
    ]);
    await shows(page, "#now", "2031-05-01 10:00");
    await shows(page, "#credits", /^999$/);
    await shows(page, "#pending", "1 of 1,998");
    assert.equal(emulator.requests.length, 0, "looking is not a request of the API");
  });

  it("follows what comes in, without a reload", async () => {
    const { page, emulator } = await open();
    await shows(page, "#no-people", "Nobody is here");
    emulator.fault({ on: "list", kind: { status: 503 } });
    await create(emulator, "ada@acme.com", "team_xyz789");
    await list(emulator);
    await rowOf(page, "ada@acme.com").waitFor();
    assert.deepEqual((await cells(page))[0]?.slice(0, 3), ["ada@acme.com", "pending", "Marketing"]);
    await shows(page, "#outbox", emulator.outbox[0]?.link ?? "");
    await shows(page, "#requests", "POST /api/v2/organization/invites 200");
    await shows(page, "#requests", "GET /api/v2/organization/invites 503 fault: 503");
    await shows(page, "#rate-limit", "298 of 300 left");
    assert.equal(await page.locator("#no-people").isVisible(), false);
    emulator.accept("ada@acme.com");
    await shows(page, "#people", "accepted");
  });

  it("finds people by address, status and team", async () => {
    const { page } = await open({
      prepare(emulator) {
        bring(emulator, "ada@acme.com", "completed");
        bring(emulator, "grace@acme.com", "pending");
        emulator.moveToTeam("grace@acme.com", "team_xyz789");
      },
    });
    for (const [wanted, email] of [
      ["ADA", "ada@acme.com"],
      ["pend", "grace@acme.com"],
      ["market", "grace@acme.com"],
    ] as const) {
      await page.getByLabel("Find people").fill(wanted);
      assert.deepEqual(await page.locator("#people td:first-child").allTextContents(), [email]);
      await shows(page, "#people-count", "1 of 2");
    }
  });

  it("draws at most 200 people, and says how many there are", async () => {
    const { page } = await open({
      prepare(emulator) {
        for (let n = 0; n < 250; n += 1) emulator.inviteByHand({ email: `person${n}@acme.com` });
      },
    });
    await shows(page, "#people-count", "200 of 250");
    assert.equal(await page.locator("#people tr").count(), 200);
    await page.getByLabel("Find people").fill("person7@");
    await rowOf(page, "person7@acme.com").waitFor();
  });

  it("says so when the emulator is gone", async () => {
    const { page, emulator } = await open();
    assert.equal(await page.locator("#offline").isVisible(), false);
    await emulator.close();
    await page.locator("#offline").waitFor();
  });

  it("is as wide as a phone, and dark if the system is", async () => {
    const { page } = await open({
      browser: { viewport: { width: 360, height: 740 }, colorScheme: "dark" },
      prepare(emulator) {
        bring(emulator, `${"long".repeat(15)}@${"a-very-long-domain.".repeat(5)}example.com`, "pending");
      },
    });
    await page.locator("#people tr").waitFor();
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
    const dark = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    await page.emulateMedia({ colorScheme: "light" });
    const light = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    assert.deepEqual([dark, light], ["rgb(18, 21, 27)", "rgb(246, 247, 249)"]);
  });
});

/** Runs if anything takes it for markup. */
const EVIL = `<img src=x onerror="alert('it ran')"><script>alert("it ran")</script>`;

describe("the emulator's page and what is in a name", () => {
  const open = pages();

  it("shows markup as text, wherever it comes from, and runs nothing", async () => {
    const { page, emulator, complaints } = await open({
      emulator: { teams: { team_evil: EVIL } },
      prepare(emulator) {
        emulator.addEntry({ email: `${EVIL}@acme.com`, status: `${EVIL} status`, teamId: "team_evil" });
        emulator.inviteByHand({ email: "ada@acme.com" });
        emulator.fault({ on: "create", kind: "reset", email: `${EVIL}@faulty.com` });
      },
    });
    await call(emulator, "GET", `/${encodeURIComponent(EVIL)}`);
    const [, evil] = await cells(page);
    assert.deepEqual(evil?.slice(0, 3), [`${EVIL}@acme.com`, `${EVIL} status`, EVIL]);
    assert.equal(await page.locator("#teams input").inputValue(), EVIL);
    await shows(page, "#faults", EVIL);
    await shows(page, "#requests", encodeURIComponent(EVIL).slice(0, 20));
    await page.getByLabel(`Revoke ${EVIL}`).click();
    await shows(page, "#said", EVIL);
    assert.equal(await page.locator("main img, main script, #said *").count(), 0);
    assert.deepEqual(complaints, []);
  });

  it("runs nothing that is put into it even if the page should be careless", async () => {
    const { page } = await open();
    const careless = await page.evaluate(
      "try { document.body.innerHTML = '<img src=x onerror=alert(1)>'; 'taken' } catch (error) { error.name }",
    );
    assert.equal(careless, "TypeError");
    const refused = page.waitForEvent("console", (message) => message.text().includes("img-src 'self'"));
    await page.evaluate(
      "document.body.append(Object.assign(document.createElement('img'), { src: 'https://evil.example/x' }))",
    );
    await refused;
    assert.equal(await page.evaluate("document.images[0].naturalWidth"), 0);
  });

  it("asks nobody but its emulator", async () => {
    const { emulator, asked } = await open();
    const { origin } = new URL(emulator.url);
    assert.ok(asked.length > 5);
    const others = asked.filter((url) => new URL(url).origin !== origin);
    assert.deepEqual(others, []);
  });
});
