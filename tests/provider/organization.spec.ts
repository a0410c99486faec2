import assert from "node:assert/strict";
import { virtualLabForAll } from "../support/lab";
import { failsWith, MARK, type Properties } from "../support/operations";

/** Of the lab's organization and key, as states have them; and others. */
const [, KEY_HERE = "", UID_HERE = ""] = /:(\w+)\.(\w+)/.exec(MARK.__organization) ?? [];
const [OTHER_KEY, OTHER_UID] = ["00000000", "11111111"];

/** How each mark of a state is taken, and whether the `uid` has to be asked for. */
type Becomes = "same" | "renamed" | "moves" | "refused";
const MARKS: [name: string, mark: string, becomes: Becomes, asked: boolean][] = [
  ["the same key", `:${KEY_HERE}.${UID_HERE}`, "same", false],
  ["the same key under another provider", `emea:${KEY_HERE}.${UID_HERE}`, "renamed", false],
  ["another key of the organization", `:${OTHER_KEY}.${UID_HERE}`, "same", true],
  ["another key of it under another provider", `emea:${OTHER_KEY}.${UID_HERE}`, "renamed", true],
  ["another organization's key", `:${OTHER_KEY}.${OTHER_UID}`, "refused", true],
  ["another organization's under another provider", `emea:${OTHER_KEY}.${OTHER_UID}`, "moves", true],
  ["another key, of an earlier version", `:${OTHER_KEY}`, "same", false],
  ["another key under another provider, of an earlier version", `emea:${OTHER_KEY}`, "moves", false],
];
const REFUSED =
  /The default provider has the API key of another organization than .* Without a key of the former one/;

describe("whose organization a person is in", () => {
  const lab = virtualLabForAll();

  const asked = () => lab.emulator.requests.filter(({ verb }) => verb === "organization").length;

  /** Somebody as the state has them, with a mark; the next command. */
  async function person(mark: string) {
    const { email, outs } = await lab.invitedBefore();
    lab.provider.printed.length = 0;
    return { ...outs, email, __organization: mark };
  }
  const people = async (mark: string) => [await person(mark), await person(mark), await person(mark)];
  const previews = (states: readonly (Properties & { email: string })[]) =>
    Promise.allSettled(states.map((state) => lab.preview(state, { email: state.email })));

  for (const [name, mark, becomes, isAsked] of MARKS) {
    it(`${name}: ${becomes}${isAsked ? ", asked once for all" : ", without a request"}`, async () => {
      const outcomes = await previews(await people(mark));
      const found = outcomes.map((one) =>
        one.status === "rejected" ? one.reason.message : [one.value.changes, one.value.replaces],
      );
      if (becomes === "refused") {
        assert.match(found[0], REFUSED);
        // It is about the provider, not about each person.
        assert.deepEqual(found.slice(1), Array(2).fill(["none", []]));
      } else {
        const each = { same: ["none", []], renamed: ["some", []], moves: ["some", ["__organization"]] };
        assert.deepEqual(found, Array(3).fill(each[becomes]));
      }
      assert.equal(asked(), isAsked ? 1 : 0);
      assert.deepEqual(lab.takeRequests(), []);
    });
  }

  it("another organization's key: a read, an update and a delete are refused", async () => {
    const state = await person(`:${OTHER_KEY}.${OTHER_UID}`);
    const { email } = state;
    for (const run of [
      () => lab.provider.read(email, state),
      () => lab.provider.update(email, state, { email, maxRenewals: 1 }),
      () => lab.provider.delete(email, state),
    ]) {
      lab.nextRun();
      await failsWith(run(), REFUSED);
    }
    assert.deepEqual([lab.isLive(email), lab.takeRequests()], [true, []]);
  });

  it("another one: who has headshots there is adopted on request only, as anybody new", async () => {
    const state = await person(`emea:${OTHER_KEY}.${OTHER_UID}`);
    lab.emulator.setStatus(state.email, "completed");
    const { inputs } = await lab.provider.check({ email: state.email }, { email: state.email });
    assert.deepEqual((await lab.provider.diff(state.email, state, inputs)).replaces, ["__organization"]);
    await failsWith(lab.provider.create(inputs), /adopt: true/);
  });

  it("another key of the organization: a read records it", async () => {
    const state = await person(`:${OTHER_KEY}.${UID_HERE}`);
    const { props } = (await lab.provider.read(state.email, state)) ?? {};
    assert.equal(props?.__organization, MARK.__organization);
  });

  for (const [provider, replaces, kind] of [
    ["", [], { status: 403, code: "FORBIDDEN" }],
    ["emea", ["__organization"], { status: 404, body: "html" }],
  ] as const)
    it(`is by the provider's name if HeadshotPro does not tell the key, which is said once: "${provider}"`, async () => {
      const states = await people(`${provider}:${OTHER_KEY}.${OTHER_UID}`);
      lab.emulator.fault({ on: "organization", kind, times: Infinity });
      for (const one of await previews(states))
        assert.deepEqual(one.status === "fulfilled" && one.value.replaces, replaces);
      const said = lab.provider.printed.filter((line) => /A key with the scope Organization/.test(line));
      assert.deepEqual([said.length, asked()], [1, 1]);
    });

  for (const [name, kind, means] of [
    ["503", { status: 503 }, "HeadshotPro gave no usable answer .503"],
    ["403 of a gateway", { status: 403, body: "html" }, "\\S+ does not answer as HeadshotPro's API .403"],
    ["401", { status: 401, code: "UNAUTHORIZED" }, "HeadshotPro does not accept the API key .401"],
  ] as const)
    it(`is an error if HeadshotPro cannot be asked just now (${name}): nobody is moved or revoked for that`, async () => {
      const state = await person(`emea:${OTHER_KEY}.${OTHER_UID}`);
      const { email } = state;
      lab.emulator.fault({ on: "organization", kind, times: Infinity });
      const said = new RegExp(`^It could not be found out whose organization \\S+ is in: ${means}`);
      for (const run of [
        () => lab.preview(state, { email }),
        () => lab.provider.read(email, state),
        () => lab.provider.update(email, state, { email }),
        () => lab.provider.delete(email, state),
      ]) {
        lab.nextRun();
        await failsWith(run(), said);
      }
      assert.deepEqual([lab.takeRequests(), lab.isLive(email)], [[], true]);
    });
});

describe("the request for the organization", () => {
  const lab = virtualLabForAll();

  const verbs = () => lab.emulator.requests.map(({ verb }) => verb);
  const creates = (count: number) =>
    Promise.all(Array.from({ length: count }, () => lab.provider.create({ email: lab.person() })));

  it("is one before the first of many creates, and none if a state of the same key has told the uid", async () => {
    const [person] = await creates(5);
    assert.deepEqual(verbs(), ["organization", ...Array(5).fill("create")]);
    lab.nextRun();
    lab.takeRequests();
    const { id = "", outs = {} } = person ?? {};
    await lab.preview(outs, { email: id });
    assert.deepEqual(verbs(), [], "nothing is to be done");
    const [other] = await creates(1);
    assert.deepEqual([verbs(), other?.outs.__organization], [["create"], MARK.__organization]);
  });

  it("is repeated for somebody of whom it decides, though it has failed before a create", async () => {
    lab.emulator.fault({ on: "organization", kind: { status: 503 }, times: 3 });
    const [person] = await creates(1);
    const { id = "", outs = {} } = person ?? {};
    const state = { ...outs, __organization: `emea:${OTHER_KEY}.${UID_HERE}` };
    assert.deepEqual((await lab.preview(state, { email: id })).replaces, []);
    assert.deepEqual(verbs(), ["organization", "create", ...Array(3).fill("organization")]);
  });

  it("brings the teams: their list is asked for only if the declared one is not there, once", async () => {
    const check = (teamId: string) => lab.provider.check({ email: lab.person(), teamId });
    for (const teamId of ["team_xyz789", "team_abc123"]) assert.deepEqual((await check(teamId)).failures, []);
    assert.deepEqual(verbs(), ["organization"]);
    for (const teamId of ["team_xyz78", "team_typo"])
      assert.match(
        (await check(teamId)).failures.join(),
        /^teamId: the organization has no team "team_\w+"; /,
      );
    assert.deepEqual(verbs(), ["organization", "teams"]);
  });

  for (const kind of [{ status: 503 }, "hang"] as const)
    it(`keeps nobody from being invited for more than 5 s if it fails: ${JSON.stringify(kind)}`, async () => {
      lab.emulator.fault({ on: "organization", kind, times: Infinity });
      const began = lab.clock.now();
      for (const { outs } of await creates(3)) assert.equal(outs.__organization, `:${KEY_HERE}`);
      assert.deepEqual(verbs(), ["organization", ...Array(3).fill("create")]);
      assert.deepEqual([lab.clock.now() - began <= 5_000, lab.provider.printed], [true, []]);
    });
});
