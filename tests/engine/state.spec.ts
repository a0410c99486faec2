import { strict as assert } from "node:assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { fixtures, settle } from "../support/old-state";
import { TestStack } from "../support/stack";

/** Kept on request only, by a version that came later. */
const LINKS = ["link", "inviteId"];

/** Outputs that only the first look shows, or that another emulator makes up anew. */
const LOOKED_UP = ["status", "modelId", "teamName", "createdAt", "expiresAt", "adopted", "renewals"];

describe("a state that an earlier version left", () => {
  for (const { name, fixture } of fixtures()) {
    describe(name, () => {
      let emulator: Emulator;
      let stack: TestStack;
      before(async () => {
        emulator = await startEmulator();
        settle(emulator, fixture.people);
        const program = fixture.program.join("\n");
        const env = { OTHER_KEY: emulator.apiKey };
        stack = await TestStack.create(emulator, { language: "javascript", program, env });
        const file = join(stack.directory, "fixture.json");
        await writeFile(file, JSON.stringify(fixture));
        await stack.must("stack", "import", "--file", file);
      });
      after(async () => {
        await stack?.remove();
        await emulator.close();
      });

      const people = async () => {
        const { printed } = await stack.must("stack", "export", "--show-secrets");
        const resources: { id: string; type: string; outputs: Record<string, unknown> }[] =
          JSON.parse(printed).deployment.resources;
        return new Map(
          resources.filter(({ type }) => type.includes("HeadshotInvite")).map((one) => [one.id, one.outputs]),
        );
      };

      it("is changed by nothing but the links that have expired", async () => {
        const up = await stack.mustUp();
        assert.deepEqual(up.emails, fixture.renewed);
        assert.match(up.printed, fixture.renewed.length ? /1 updated/ : /Resources:\n\s+\d+ unchanged/);
        assert.doesNotMatch(up.printed, /created|replaced|deleted/);
        if (fixture.renewed.length === 0) assert.deepEqual(up.requests, []);
      });

      it("is refreshed: everybody stays, and what was known is kept", async () => {
        const before = await people();
        const refresh = await stack.must("refresh", "--yes", "--skip-preview");
        assert.ok(refresh.requests.every((request) => request.startsWith("GET ")));
        const after = await people();
        const linked = [...before.values()].filter((old) => old.link && !old.keepLink);
        assert.equal(
          /The sign-up links that the state has are removed/.test(refresh.printed),
          linked.length > 0,
        );
        for (const [email, { link, inviteId }] of after)
          assert.deepEqual(
            [link, inviteId],
            [before.get(email)?.keepLink ? before.get(email)?.link : undefined, undefined],
          );
        assert.equal(after.size, fixture.people.length);
        for (const { email, status, teamId } of fixture.people) {
          const old = before.get(email) ?? {};
          const seen = after.get(email) ?? assert.fail(`${email} is lost`);
          assert.equal(seen.email, email);
          assert.equal(seen.status, status);
          assert.equal(seen.teamId ?? null, teamId ?? null);
          assert.equal(typeof seen.adopted, "boolean");
          assert.equal(typeof seen.renewals, "number");
          if (status === "pending") assert.ok(seen.expiresAt, `${email}: when does the link expire?`);
          const kept = Object.keys(old).filter(
            (key) => !LOOKED_UP.includes(key) && !LINKS.includes(key) && old[key] !== null,
          );
          for (const key of kept.filter((key) => !["email", "__organization"].includes(key)))
            assert.deepEqual(seen[key], old[key]);
          // Eight digits tell a key apart, and a look adds those of the organization's `uid`.
          const [key = ""] = /^\w*:\w{8}/.exec(String(old.__organization)) ?? [];
          assert.ok(String(seen.__organization).startsWith(key), String(seen.__organization));
        }
      });

      it("takes an update", async () => {
        const [last = ""] = fixture.program.slice(-1);
        const changed = last.replace('@acme.com"', '@acme.com", maxRenewals: 7');
        const up = await stack.upTo([...fixture.program.slice(0, -1), changed].join("\n"));
        assert.match(up.printed, /Resources:\n\s+~ 1 updated\n\s+\d+ unchanged/);
        assert.deepEqual(up.requests, []);
      });

      if (fixture.program.some((line) => line.includes("HeadshotRoster")))
        it("counts those whom a roster had", async () => {
          await stack.setProgram(
            fixture.program.join("\n").replace(/members: .*\)? }\)/, 'members: ["listed0@acme.com"] })'),
          );
          const up = await stack.fails("up");
          assert.match(up.printed, /4 of the 5 people/);
          assert.deepEqual(up.requests, []);
        });

      it("is destroyed", async () => {
        await stack.must("destroy", "--yes", "--skip-preview");
        assert.ok(emulator.invites().every(({ status }) => status === "revoked"));
        assert.deepEqual((await stack.export()).resources, []);
      });
    });
  }
});
