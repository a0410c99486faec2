import { strict as assert } from "node:assert";
import { organizationForEach } from "../support/organization";

const KEY = "hp_live_9f8e7d6c5b4a";

describe("secrets on the real engine", () => {
  const organization = organizationForEach({
    apiKey: KEY,
    program: `
      const ada = new HeadshotInvite("ada", { email: "ada@acme.com", keepLink: true });
      exports.link = ada.link;
      exports.everything = ada.status;`,
    env: { HEADSHOTPRO_API_KEY: undefined },
  });

  it("keeps the key and the link out of the state, the outputs and all that is printed", async () => {
    const { emulator, stack } = organization;
    const printed: string[] = [];
    const run = async (...args: string[]) => {
      const outcome = await stack.must(...args);
      printed.push(outcome.printed);
      return outcome;
    };
    await run("config", "set", "--secret", "headshotpro:apiKey", KEY);
    await run("preview", "--diff");
    await run("up", "--yes");
    await run("refresh", "--yes");
    await run("stack", "output");
    await run("stack", "output", "--json");
    printed.push((await stack.export()).text, await stack.stateFile());
    await run("destroy", "--yes");

    const { link } = emulator.outbox[0] ?? assert.fail("ada was not invited");
    const { id } = emulator.invite("ada@acme.com") ?? assert.fail("ada was not invited");
    const everything = printed.join("\n");
    for (const secret of [KEY, link, id]) {
      assert.ok(secret.length > 8);
      assert.ok(!everything.includes(secret), `${secret} was found`);
    }
  });

  it("has nothing secret in the state and in what is printed, unless keepLink asks for the link", async () => {
    const { emulator, stack } = organization;
    stack.env = { HEADSHOTPRO_API_KEY: KEY };
    await stack.setProgram(`exports.link = new HeadshotInvite("ada", { email: "ada@acme.com" }).link;`);
    const printed = [
      (await stack.must("up", "--yes", "--skip-preview", "--debug", "-v=9", "--logtostderr")).printed,
    ];
    printed.push(await stack.stateFile(), (await stack.must("stack", "export", "--show-secrets")).printed);
    const { link } = emulator.outbox[0] ?? assert.fail("ada was not invited");
    const { id } = emulator.invite("ada@acme.com") ?? assert.fail("ada was not invited");
    for (const secret of [link, id]) assert.ok(!printed.join("\n").includes(secret), `${secret} was found`);
    assert.ok(!(await stack.stateFile()).includes("ciphertext"));

    await stack.setProgram(`
      exports.link = new HeadshotInvite("ada", { email: "ada@acme.com", keepLink: true, resend: 1 }).link;`);
    emulator.clock.advance({ days: 1 });
    await stack.must("up", "--yes", "--skip-preview");
    const outputs = await stack.must("stack", "output", "--json");
    assert.match(outputs.printed, /"link": "\[secret\]"/);
    const shown = await stack.must("stack", "output", "link", "--show-secrets");
    assert.ok(shown.printed.includes(emulator.outbox[1]?.link ?? "none"));
    assert.match(await stack.stateFile(), /"link":\{"4dabf18193072939515e22adb298388d"[^}]*"ciphertext"/);
  });
});
