import { strict as assert } from "node:assert";
import { organizationForEach } from "../support/organization";

const ROSTER = `resources:
  team:
    type: headshotpro:HeadshotRoster
    properties: { members: [ada@acme.com, bob@acme.com, cleo@acme.com] }
outputs: { summary: "\${team.summary}" }
`;

describe("a roster of which one person is refused, on the real engine", () => {
  const organization = organizationForEach({
    language: "yaml",
    host: "yaml",
    face: "plugin",
    program: ROSTER,
  });

  it("invites everybody else under --continue-on-error, and the next up that person alone", async () => {
    const { stack, emulator } = organization;
    emulator.fault({
      on: "create",
      kind: { status: 400 },
      email: "bob@acme.com",
      times: Number.POSITIVE_INFINITY,
    });
    const up = await stack.up("--continue-on-error");
    assert.notEqual(up.code, 0, up.printed);
    assert.equal(up.printed.split("Diagnostics:")[1]?.match(/bob@acme\.com was not invited/g)?.length, 1);
    assert.doesNotMatch(up.printed, /\n\s+at /);
    assert.deepEqual([...up.emails].sort(), ["ada@acme.com", "cleo@acme.com"]);
    emulator.clearFaults();
    const next = await stack.up();
    assert.equal(next.code, 0, next.printed);
    assert.deepEqual(next.emails, ["bob@acme.com"]);
    assert.match(next.printed, /pending: 3/);
  });
});
