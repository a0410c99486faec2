import assert from "node:assert/strict";
import { throughEachFace, virtualLabForAll } from "../support/lab";
import { partOf } from "../support/operations";

/** What the state has after a run: the checked inputs, and the outputs. */
type Recorded = { inputs: Record<string, unknown>; outs: Record<string, unknown> };

throughEachFace("teams by name", (labForAll) => {
  const lab = labForAll({ teams: { team_a: "Marketing", team_b: "Sales" } });

  it("mean the team's id, and the state has both", async () => {
    const { inputs, failures } = await lab.provider.check({ email: lab.person(), team: " marketing " });
    assert.deepEqual(failures, []);
    const { outs } = await lab.provider.create(inputs);
    assert.deepEqual([outs.team, outs.teamId], ["marketing", "team_a"]);
    assert.deepEqual(lab.takeRequests(), ["create"], "they come with the organization");
    const { changes } = await lab.preview(outs, { email: outs.email, team: "Marketing" }, inputs);
    assert.equal(changes, "none");
    assert.deepEqual(lab.takeRequests(), []);
  });
});

describe("teams by name", () => {
  const lab = virtualLabForAll({ teams: { team_a: "Marketing", team_b: "Sales" } });

  async function invited(declared: object): Promise<Recorded> {
    const { inputs } = await lab.provider.check({ email: lab.person(), ...declared });
    const { outs } = await lab.provider.create(inputs);
    lab.nextRun();
    lab.takeRequests();
    return { inputs, outs };
  }

  it("that are left out are no difference, and of another team move the person, whom the preview names", async () => {
    const { inputs, outs } = await invited({ team: "Sales" });
    const { email } = outs;
    assert.equal((await lab.preview(outs, { email }, inputs)).changes, "none");
    assert.deepEqual(lab.takeRequests(), []);
    await lab.preview(outs, { email, team: "Marketing" }, inputs);
    lab.assertSaid(/moves to team "Marketing" \(team_a\): `pulumi up` revokes/);
  });

  it("bring back somebody who was moved by hand", async () => {
    const { outs } = await invited({ team: "Sales" });
    const email = String(outs.email);
    lab.emulator.moveToTeam(email, "team_a");
    const { props = {}, inputs = {} } = (await lab.provider.read(email, outs)) ?? {};
    assert.deepEqual([inputs.team, inputs.teamId], [undefined, "team_a"]);
    lab.nextRun();
    assert.equal((await lab.preview(props, { email, team: "Sales" }, inputs)).changes, "unknown");
    lab.assertSaid(/moves to team "Sales" \(team_b\)/, email);
  });

  it("stay known over a refresh, and are looked up anew in another organization", async () => {
    const { inputs, outs } = await invited({ team: "Sales" });
    const email = String(outs.email);
    assert.deepEqual((await lab.provider.read(email, outs))?.inputs, { ...inputs, team: "Sales" });
    const theirs = { ...inputs, teamId: "their_sales", __organization: "emea:0123456789ab" };
    assert.equal((await lab.provider.check({ email, team: "Sales" }, theirs)).inputs.teamId, "team_b");
  });

  it("stay with the old team if the new invite fails after the revoke", async () => {
    const ada = await invited({ team: "Sales" });
    const { inputs } = await lab.provider.check({ email: ada.outs.email, team: "Marketing" }, ada.inputs);
    lab.emulator.fault({ on: "create", kind: { status: 402 } });
    const { properties } = await partOf(lab.provider.update(String(ada.outs.email), ada.outs, inputs));
    assert.deepEqual([properties.team, properties.teamId], ["Sales", "team_b"]);
  });

  it("are recorded beside no other team: somebody deleted and invited there anew still moves", async () => {
    const { inputs, outs } = await invited({ team: "Sales" });
    const email = String(outs.email);
    const news = { email, team: "Marketing", maxRenewals: 1 };
    const checked = await lab.provider.check(news, inputs);
    const after = await lab.provider.update(email, { ...outs, status: "deleted" }, checked.inputs);
    lab.nextRun();
    const { props = {}, inputs: seen } = (await lab.provider.read(email, after)) ?? {};
    assert.notEqual((await lab.preview(props, news, seen)).changes, "none");
  });

  it("under ignoreChanges of teamId leave whoever was moved by hand where they are, and say so", async () => {
    const { outs } = await invited({ team: "Sales" });
    const declared = { email: String(outs.email), team: "Sales" };
    lab.emulator.moveToTeam(declared.email, "team_a");
    const { props = {}, inputs: seen = {} } = (await lab.provider.read(declared.email, outs)) ?? {};
    // The engine puts the old input in the place of the ignored one.
    const merged = { ...declared, teamId: seen.teamId };
    const again = await lab.provider.check(merged, seen);
    assert.deepEqual(again, { inputs: { email: declared.email, teamId: "team_a" }, failures: [] });
    const { changes } = await lab.provider.diff(declared.email, props, again.inputs);
    assert.equal(changes, "none");
    lab.assertSaid(
      /stays in team team_a: the team "Sales" is team_b, and teamId says team_a/,
      declared.email,
    );
  });
});
