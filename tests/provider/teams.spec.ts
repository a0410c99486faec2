import assert from "node:assert/strict";
import type { Verb } from "headshotpro-emulator";
import { PeerRoom, providerAt } from "../support/in-process";
import { throughEachFace, VirtualLab, virtualLabForAll } from "../support/lab";
import { failsWith, KEY, MARK, type Properties } from "../support/operations";

const EXISTING = { team_a: "Marketing", team_b: "Sales" };

throughEachFace("a team", (labForAll) => {
  const lab = labForAll({ teams: EXISTING });

  it("is made, renamed in one request and looked at", async () => {
    const { teams } = lab.provider;
    const { inputs, failures } = await teams.check({ name: " Growth " });
    assert.deepEqual([inputs, failures], [{ name: "Growth" }, []]);
    const { id, outs } = await teams.create(inputs);
    assert.deepEqual(outs, { ...MARK, name: "Growth", teamId: id });
    assert.equal(lab.emulator.teams[id], "Growth");
    assert.deepEqual(lab.takeRequests(), ["createTeam"]);
    assert.equal((await teams.diff(id, outs, inputs)).changes, "none");
    const renamed = await teams.update(id, outs, { name: "Growth 2" });
    assert.deepEqual([renamed.name, lab.emulator.teams[id]], ["Growth 2", "Growth 2"]);
    assert.deepEqual(lab.takeRequests(), ["renameTeam"]);
    const read = await teams.read(id, renamed);
    assert.deepEqual(read, { id, props: renamed, inputs: { name: "Growth 2" } });
    assert.deepEqual((await teams.read("growth 2"))?.id, id, "an import may give the name");
    assert.equal(await teams.read("team_gone"), undefined);
  });

  it("is not deleted while people whom the program declares are in it", async () => {
    const { teams } = lab.provider;
    const [byId, byName] = [lab.person(), lab.person()];
    await lab.provider.check({ email: byId, teamId: "team_a" });
    const later = (email: string, team: string) => ({ email, team, startsOn: "2027-01-01" });
    const __later = [later("zoe@acme.com", "Marketing"), later("bob@acme.com", "Sales")];
    const { inputs } = await lab.provider.check({ email: byName, team: "marketing", __later });
    assert.ok(!("__later" in inputs));
    await failsWith(
      teams.delete("team_a", { name: "Marketing", teamId: "team_a" }),
      new RegExp(
        `^The team "Marketing" \\(team_a\\) was not deleted: .* 3 people in it: ${byId}, ${byName}, zoe@acme\\.com \\(from 2027-01-01\\)\\.`,
      ),
    );
    assert.equal(lab.emulator.teams.team_a, "Marketing");
  });
});

describe("a team", () => {
  const lab = virtualLabForAll({ teams: EXISTING });

  /** A name of each test's own. */
  let names = 0;
  const newName = () => `Team ${++names}`;
  const idOf = (name: string) => Object.entries(lab.emulator.teams).find(([, one]) => one === name)?.[0];
  const state = (id: string, name: string): Properties => ({ ...MARK, name, teamId: id });
  const teams = () => lab.provider.teams;

  for (const [declared, ...failures] of [
    [{ nmae: "B" }, "name: it is missing", 'nmae: there is no property "nmae"; did you mean "name"?'],
    [{ name: " " }, "name: it is empty"],
    [{ name: "A\nB" }, 'name: "A\\nB" has a line break or another control character in it, U+000A'],
    [{ name: 7, adopt: "no" }, "name: expected text, not 7", 'adopt: expected true or false, not "no"'],
  ] as [Properties, ...string[]][])
    it(`declared as ${JSON.stringify(declared)} is refused`, async () =>
      assert.deepEqual((await teams().check(declared)).failures, failures));

  it("that exists is adopted, as it is spelt there, and a line says so", async () => {
    const { id, outs } = await teams().create({ name: "marketing" });
    assert.deepEqual([id, outs.name], ["team_a", "Marketing"]);
    assert.deepEqual(lab.takeRequests(), ["createTeam", "teams"]);
    lab.assertSaid(/"Marketing" \(team_a\) was there already: adopted, so the next/);
    assert.equal((await teams().diff(id, outs, { name: "marketing" })).changes, "some");
  });

  it("that exists is refused under adopt: false, in a preview with one request in a run", async () => {
    const exists = /HeadshotPro has one already, .+ and adopt: false/;
    await failsWith(teams().create({ name: "Sales", adopt: false }), exists);
    lab.nextRun();
    lab.takeRequests();
    for (const name of ["Sales", "marketing"])
      assert.match((await teams().check({ name, adopt: false })).failures.join(), exists);
    assert.deepEqual((await teams().check({ name: newName(), adopt: false })).failures, []);
    assert.deepEqual((await teams().check({ name: "Sales", adopt: false }, { name: "Sales" })).failures, []);
    assert.deepEqual(lab.takeRequests(), ["teams"]);
  });

  it("whose name goes round among teams of the program is refused in a preview, without a request", async () => {
    lab.nextRun();
    lab.takeRequests();
    assert.deepEqual((await teams().check({ name: "B" }, { name: "A" })).failures, []);
    assert.deepEqual((await teams().check({ name: "C" }, { name: "B" })).failures, [], "a chain is none");
    const { failures } = await teams().check({ name: "A" }, { name: "C" });
    assert.match(
      failures.join(),
      /^name: teams of the program swap their names, "C" and "A", .+ `pulumi up`, and then give it/,
    );
    assert.deepEqual(lab.takeRequests(), []);
  });

  it("stays if the program still declares it in another resource", async () => {
    await teams().create({ name: "Marketing" });
    await teams().delete("team_a", state("team_a", "Marketing"));
    assert.equal(lab.emulator.teams.team_a, "Marketing");
    lab.assertSaid(/"Marketing" \(team_a\) stays: the program still declares it/);
  });

  it("stays if another provider of the run declares it in the same organization, and no other does", async () => {
    const room = new PeerRoom();
    const here = await VirtualLab.start({ peers: room.seat(), teams: EXISTING });
    const { provider } = providerAt({ url: here.emulator.url, key: KEY, name: "emea", peers: room.seat() });
    await provider.teams.check({}, { name: "marketing" });
    await here.provider.teams.delete("team_a", state("team_a", "Marketing"));
    await here.provider.teams.delete("team_b", state("team_b", "Sales"));
    assert.deepEqual(here.emulator.teams, { team_a: "Marketing" });
    await here.stop();
  });

  it("of people is gone with its people left, whom the line counts", async () => {
    const { id } = await teams().create({ name: newName() });
    const [ada, zoe] = [lab.person(), lab.person()];
    for (const email of [ada, zoe]) lab.emulator.inviteByHand({ email, teamId: id });
    lab.nextRun();
    await teams().delete(id, state(id, "Old"));
    assert.equal(lab.emulator.teams[id], undefined);
    assert.deepEqual([lab.isLive(ada), lab.emulator.invite(ada)?.teamId], [true, null]);
    lab.assertSaid(/deleted: 2 people were in it\. Whoever is not removed as well stays/);
    await teams().delete(id, state(id, "Old"));
  });

  it("that a name is taken for is not renamed, and one without another name makes no request", async () => {
    await failsWith(
      teams().update("team_a", state("team_a", "Marketing"), { name: "sales" }),
      /^The team "Marketing" \(team_a\) was not renamed to "sales": another team has this name, "Sales" \(\S+\)\. Rename/,
    );
    lab.takeRequests();
    await teams().update("team_a", state("team_a", "Marketing"), { name: "Marketing", adopt: true });
    assert.deepEqual(lab.takeRequests(), []);
  });

  it("that is gone is not renamed, and the way out is named", async () => {
    const refused = teams().update("team_gone", state("team_gone", "Old"), { name: newName() });
    await failsWith(refused, /was not renamed to ".+": it was deleted at HeadshotPro\. Run `pulumi refresh`/);
  });

  it("cannot be changed by a key without the scope, which the message names", async () => {
    lab.emulator.fault({ on: "createTeam", kind: { status: 403, code: "FORBIDDEN" } });
    await failsWith(teams().create({ name: newName() }), /has not the scope Teams/);
  });

  /** The program gives a team another name, and its former one to a new team; the next command. */
  async function passedOn(name: string) {
    const { id, outs } = await teams().create({ name });
    lab.nextRun();
    const { inputs } = await teams().check({ name: newName() }, { name });
    await teams().diff(id, outs, inputs);
    await teams().check({ name });
    return { id, inputs };
  }

  for (const isLost of [false, true])
    it(`that another resource of the program renames in this run is not adopted by a new one${isLost ? ", whose reply is lost" : ""}`, async () => {
      const name = newName();
      const { id, inputs } = await passedOn(name);
      if (isLost) lab.emulator.fault({ on: "createTeam", kind: "reset" });
      const taken = /another resource of the program has it, .+ run `pulumi up` again/;
      await failsWith(teams().create({ name }), taken);
      await teams().update(id, state(id, name), inputs);
      assert.notEqual((await teams().create({ name })).id, id);
    });

  it("that takes the name of one that comes after it is refused in a preview: it would get that one", async () => {
    const [name, former] = [newName(), newName()];
    await teams().check({ name: former });
    const { failures } = await teams().check({ name }, { name: former });
    assert.match(failures.join(), /^name: a new team .* takes the name .* Let the new one come after it/);
  });

  it("that takes another one's name has the people who are declared by it from then on", async () => {
    const ada = { email: lab.person(), team: newName() };
    await teams().create({ name: ada.team });
    const { inputs } = await lab.provider.check(ada);
    const { outs } = await lab.provider.create(inputs);
    lab.nextRun();
    await passedOn(ada.team);
    assert.equal((await lab.preview(outs, ada, inputs)).changes, "unknown");
    lab.assertSaid(/moves to another team/, ada.email);
  });

  it("that was deleted by hand costs nobody the invite who is to move into it", async () => {
    const [name, { email, outs: ada }] = [newName(), await lab.invited()];
    const { id, outs } = await teams().create({ name });
    lab.emulator.deleteTeam(id);
    lab.nextRun();
    await teams().check({ name }, { name });
    await teams().diff(id, outs, { name });
    const news = { email, teamId: id };
    assert.equal(
      (await lab.preview({ ...ada, teamId: id }, news, news)).changes,
      "none",
      "who is in it stays",
    );
    for (const refused of [lab.preview(ada, news), lab.provider.update(email, ada, news)])
      await failsWith(refused, /was deleted at HeadshotPro\. Run `pulumi refresh`/);
    const signedUp = lab.preview({ ...ada, status: "accepted" }, news, { email });
    await failsWith(signedUp, /was not moved to team \S+: .*was deleted at HeadshotPro/);
    assert.ok(lab.isLive(email));
  });

  it("is known to the people of the same program, in a preview too, without a request", async () => {
    const name = newName();
    await teams().check({ name });
    const email = lab.person();
    const planned = await lab.provider.check({ email, team: name });
    assert.deepEqual([planned.failures, lab.takeRequests()], [[], []]);
    // An `up` fails of a checked input that is not known: "unexpected unknown property value".
    assert.ok(!("teamId" in planned.inputs));
    await failsWith(
      lab.provider.create(planned.inputs),
      /the program makes the team .* was not there yet\. Give/,
    );
    const { id } = await teams().create({ name });
    const { inputs } = await lab.provider.check({ email, team: name });
    assert.equal(inputs.teamId, id);
    const { outs } = await lab.provider.create(inputs);
    lab.takeRequests();

    lab.nextRun();
    const renamed = newName();
    const { inputs: declared } = await teams().check({ name: renamed });
    assert.equal((await teams().diff(id, state(id, name), declared)).changes, "some");
    assert.equal((await lab.preview(outs, { email, team: renamed }, inputs)).changes, "none", "nobody moves");
    assert.deepEqual(lab.takeRequests(), []);
  });

  /** What the state has before, what is done, and whether it is done at HeadshotPro. */
  const CHANGES = {
    createTeam: {
      prepare: async (name: string) => ({ id: name, name }),
      act: (_id: string, name: string) => teams().create({ name, adopt: false }),
      isDone: (_id: string, name: string) => idOf(name) !== undefined,
    },
    renameTeam: {
      prepare: async (name: string) => ({ id: (await teams().create({ name: `Old ${name}` })).id, name }),
      act: (id: string, name: string) => teams().update(id, state(id, `Old ${name}`), { name }),
      isDone: (id: string, name: string) => lab.emulator.teams[id] === name,
    },
    deleteTeam: {
      prepare: async (name: string) => ({ id: (await teams().create({ name })).id, name }),
      act: (id: string, name: string) => teams().delete(id, state(id, name)),
      isDone: (id: string) => lab.emulator.teams[id] === undefined,
    },
  };

  const KINDS = ["reset", "success-false", { status: 403, code: "FORBIDDEN" }] as const;
  for (const [verb, { prepare, act, isDone }] of Object.entries(CHANGES))
    for (const when of ["before", "after"] as const) {
      for (const kind of KINDS)
        for (const times of [1, Infinity])
          it(`${verb} · ${JSON.stringify(kind)} · ${when} the effect · ${times === 1 ? "once" : "always"}`, async () => {
            const { id, name } = await prepare(newName());
            lab.nextRun();
            lab.emulator.fault({ on: verb as Verb, when, kind, times });
            const isFound = when === "after" && verb !== "deleteTeam";
            const passes =
              kind === "reset"
                ? times === 1 || isFound
                : kind === "success-false" && isFound && verb === "renameTeam";
            const ended = Promise.resolve<unknown>(act(id, name));
            if (passes) await ended;
            else await failsWith(ended, /^The team ".+ was not (made|renamed|deleted).*: /);
            assert.equal(isDone(id, name), when === "after" || passes);

            lab.emulator.clearFaults();
            lab.nextRun();
            const wasAdopted = verb === "createTeam" && isDone(id, name);
            await (wasAdopted ? teams().create({ name }) : act(id, name));
            assert.ok(isDone(id, name), "the same command once more");
          });

      it(`${verb} · killed ${when} the effect: the same command ends it`, async () => {
        const { id, name } = await prepare(newName());
        lab.nextRun();
        const killed = lab.killOnce(when === "before" ? "asked" : "answered", verb as Verb, undefined);
        void Promise.resolve(act(id, name)).catch(() => {});
        await killed;
        lab.nextRun();
        await (verb === "createTeam" ? teams().create({ name }) : act(id, name));
        assert.ok(isDone(id, name));
        const same = Object.values(lab.emulator.teams).filter((one) => one === name);
        assert.equal(same.length, verb === "deleteTeam" ? 0 : 1);
      });
    }
});
