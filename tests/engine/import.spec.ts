import { strict as assert } from "node:assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PROVIDER_TEXT } from "../../provider/src/invite/urn";
import { organizationForEach } from "../support/organization";

const TYPE = "pulumi-nodejs:dynamic/headshotpro:HeadshotInvite";

describe("people who enter the state without an up", () => {
  const organization = organizationForEach({
    program: `new HeadshotInvite("ada", { email: "ada@acme.com" });`,
  });

  it("come in through an import file, and the next preview shows no difference", async () => {
    const { emulator, stack } = organization;
    emulator.inviteByHand({ email: "ada@acme.com" });
    emulator.setStatus("ada@acme.com", "completed");
    const inputs = { email: "ada@acme.com", __provider: PROVIDER_TEXT };
    const outputs = { ...inputs, status: "completed", adopted: true, renewals: 0 };
    const resource = { type: TYPE, name: "ada", id: "ada@acme.com", inputs, outputs };
    const file = join(stack.directory, "import.json");
    await writeFile(file, JSON.stringify({ resources: [resource] }));
    const imported = await stack.run(
      "import",
      "--file",
      file,
      "--yes",
      "--skip-preview",
      "--generate-code=false",
      "--protect=false",
    );
    assert.equal(imported.code, 0, imported.printed);
    const preview = await stack.preview("--expect-no-changes");
    assert.equal(preview.code, 0, preview.printed);
    assert.notEqual((await stack.destroy()).code, 0, "their headshots are guarded");
  });

  it("are looked up with HeadshotInvite.get, which manages nothing", async () => {
    const { emulator, stack } = organization;
    emulator.inviteByHand({ email: "ada@acme.com" });
    emulator.accept("ada@acme.com");
    await stack.setProgram(`exports.status = HeadshotInvite.get("ada", "Ada@Acme.com").status;`);
    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.match(up.printed, /status: "accepted"/);
    await stack.destroy();
    assert.equal(emulator.invite("ada@acme.com")?.status, "accepted");
  });
});
