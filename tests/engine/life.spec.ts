import { strict as assert } from "node:assert";
import { organizationForAll } from "../support/organization";
import { FACES } from "../support/program";

const THREE = ["ada@acme.com", "grace@acme.com", "zoe@acme.com"];
const team = (people: string[]) =>
  people.map((email) => `new HeadshotInvite("${email}", { email: "${email}" });`).join("\n");
/** The resource of the third person, with another address. */
const ZOE_B = 'new HeadshotInvite("zoe@acme.com", { email: "zoe.b@acme.com" });';

for (const face of FACES)
  describe(`a team's life on the real engine, ${face}`, () => {
    const organization = organizationForAll({ face, program: team(THREE) });

    it("previews without a request", async () => {
      const { stack } = organization;
      // The one in the environment goes before it, from here to the end.
      await stack.must("config", "set", "--secret", "headshotpro:apiKey", "hp_old_key_revoked");
      const preview = await stack.must("preview");
      assert.deepEqual(preview.requests, []);
      assert.match(preview.printed, /\+ 4 to create/);
    });

    it("invites three people with three POSTs, and asks once whose organization it is", async () => {
      const up = await organization.stack.must("up", "--yes", "--skip-preview");
      assert.deepEqual(up.requests, ["GET /organization", ...Array(3).fill("POST /organization/invites")]);
      assert.deepEqual([...up.emails].sort(), THREE);
      // Where in the program each of them is declared.
      const state = await organization.stack.stateFile();
      const places = state.match(/"sourcePosition":"project:\/\/\/index\.js#\d+,1"/g);
      assert.equal(new Set(places).size, 3);
    });

    it("replaces the invite of another address, the new one first", async () => {
      const up = await organization.stack.upTo(team(["ada@acme.com", "grace@acme.com"]) + ZOE_B);
      assert.deepEqual(up.emails, ["zoe.b@acme.com"]);
      assert.deepEqual(up.requests, [
        "POST /organization/invites",
        "GET /organization/invites/zoe@acme.com",
        "POST /organization/invites/revoke",
      ]);
    });

    it("revokes the one person who was removed", async () => {
      const { emulator, stack } = organization;
      await stack.setProgram(team(["ada@acme.com"]) + ZOE_B);
      const up = await stack.must("up", "--yes", "--skip-preview");
      assert.equal(up.requests.filter((line) => line.endsWith("/revoke")).length, 1);
      assert.equal(emulator.invite("grace@acme.com")?.status, "revoked");
      assert.deepEqual(up.emails, []);
    });

    it("destroys from the state alone: the program is empty by then", async () => {
      const { emulator, stack } = organization;
      await stack.setProgram("");
      await stack.must("destroy", "--yes", "--skip-preview");
      assert.ok(emulator.invites().every(({ status }) => status === "revoked"));
      assert.deepEqual((await stack.export()).resources, []);
    });
  });
