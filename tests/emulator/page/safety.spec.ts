import assert from "node:assert/strict";
import { call } from "../../support/emulators";
import { cells, pages, shows } from "./support";

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
    assert.deepEqual(
      asked.filter((url) => new URL(url).origin !== origin),
      [],
    );
  });
});
