import assert from "node:assert/strict";
import type { ListedPerson } from "../../provider/src/invite/people";
import {
  type PlannedStep,
  planImport,
  programProviders,
  providerProblem,
} from "../../provider/src/review/import-file";

const STACK = "urn:pulumi:dev::people::pulumi:pulumi:Stack::people-dev";
const INVITE = "pulumi-nodejs:dynamic/headshotpro:HeadshotInvite";
const TEXT = "the provider's text";
const ROSTER = "urn:pulumi:dev::people::headshotpro:index:HeadshotRoster::staff";

const providerOf = (name: string) =>
  `urn:pulumi:dev::people::pulumi:providers:pulumi-nodejs::${name}::some-id`;

type Declared = { op?: string; name?: string; parent?: string; provider?: string; [input: string]: unknown };

/** A step as the engine previews it. */
function step({
  op = "create",
  name = "ada",
  parent,
  provider = "default",
  ...inputs
}: Declared): PlannedStep {
  const path = parent ? `${parent.split("::")[2]}$${INVITE}` : INVITE;
  const all = { __provider: TEXT, ...inputs };
  const newState = { type: INVITE, custom: true, parent: parent ?? STACK, inputs: all };
  return { op, urn: `urn:pulumi:dev::people::${path}::${name}`, provider: providerOf(provider), newState };
}

function component(op: string, extra: object = {}): PlannedStep {
  const type = "headshotpro:index:HeadshotRoster";
  return { op, urn: ROSTER, newState: { type, custom: false, parent: STACK, inputs: { a: 1 }, ...extra } };
}

const seen = (...people: (Partial<ListedPerson> & { email: string })[]) =>
  new Map(people.map((person) => [person.email, { status: "pending", ...person }]));

const ADA = { email: "ada@acme.com" };

/** The same in a program in another language. */
function throughPlugin({ urn, provider, newState, ...others }: PlannedStep): PlannedStep {
  const type = "headshotpro:index:HeadshotInvite";
  const { __provider, ...inputs } = newState?.inputs ?? {};
  return {
    ...others,
    urn: urn.replace(INVITE, type),
    provider: provider?.replace("pulumi-nodejs", "headshotpro"),
    newState: { ...newState, type, inputs },
  };
}

describe("import file", () => {
  it("has people of a program in another language as it has those of TypeScript", () => {
    const steps = [step({ ...ADA, teamId: "t1" }), step({ name: "bob", email: "bob@acme.com" })];
    const ours = planImport(steps, seen(ADA));
    const others = planImport(steps.map(throughPlugin), seen(ADA));
    assert.deepEqual([others.people, others.toInvite], [["ada@acme.com"], ["bob@acme.com"]]);
    const [{ outputs: { __provider, ...known } = {} } = {}] = ours.file.resources;
    const [theirs] = others.file.resources;
    assert.deepEqual(JSON.stringify(theirs?.outputs), JSON.stringify(known));
    assert.equal(theirs?.type, "headshotpro:index:HeadshotInvite");
  });

  it("holds a person as they are declared, and as they were seen", () => {
    const team = { teamId: "t1", teamName: "One" };
    const told = { status: "completed", ...team, modelId: "m", createdAt: "2026-01-05" };
    const { file, people } = planImport([step({ ...ADA, maxRenewals: 1 })], seen({ ...ADA, ...told }));
    const inputs = { __provider: TEXT, ...ADA, maxRenewals: 1 };
    const name = `urn:pulumi:dev::people::${INVITE}::ada`;
    const ada = { type: INVITE, name, logicalName: "ada", id: "ada@acme.com", inputs };
    const outputs = { ...inputs, adopted: true, renewals: 0, ...told };
    assert.deepEqual(people, ["ada@acme.com"]);
    assert.deepEqual(JSON.parse(JSON.stringify(file)), { nameTable: {}, resources: [{ ...ada, outputs }] });
  });

  const child = step({ ...ADA, parent: ROSTER });

  it("brings a new component along, and names one that is there", () => {
    const added = planImport([component("create"), child], seen(ADA)).file;
    const names = added.resources.map(({ name }) => name);
    assert.deepEqual([added.nameTable, names], [{}, [ROSTER, child.urn]]);
    assert.deepEqual(added.resources[0]?.inputs, { a: 1 });
    const there = planImport([child], seen(ADA)).file;
    assert.deepEqual(there.nameTable, { [ROSTER]: ROSTER });
    assert.deepEqual(
      there.resources.map(({ name, parent }) => [name, parent]),
      [[child.urn, ROSTER]],
    );
  });

  it("has nobody below a new resource that is no component", () => {
    const plan = planImport([component("create", { custom: true }), child], seen(ADA));
    assert.deepEqual(plan.file.resources, []);
    assert.match(
      plan.notes.join(),
      /^ada@acme\.com is left out: the resource above "ada" is not in the stack/,
    );
  });

  const HIDDEN = '"ada" is left out: a preview does not show what is secret or not known yet.';
  const NEVER = "ada@acme.com is left out: they are declared with adopt: false.";
  const UNKNOWN_TEAM = { teamId: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" };
  const leftOut: [situation: string, declared: Declared, plan: object][] = [
    ["not invited yet", { email: "new@acme.com" }, { toInvite: ["new@acme.com"], undeclared: [ADA.email] }],
    ["in the stack already", { ...ADA, op: "same" }, {}],
    ["declared never to be taken over", { ...ADA, adopt: false }, { notes: [NEVER] }],
    ["a secret address", { email: "[secret]" }, { notes: [HIDDEN], undeclared: [ADA.email] }],
    ["a team that is not known yet", { ...ADA, ...UNKNOWN_TEAM }, { notes: [HIDDEN] }],
    ["of another organization", { ...ADA, provider: "emea" }, { undeclared: [ADA.email] }],
  ];
  for (const [situation, declared, plan] of leftOut)
    it(`leaves out: ${situation}`, () => {
      const { file, ...rest } = planImport([step(declared)], seen(ADA));
      assert.deepEqual(file.resources, []);
      assert.deepEqual(rest, { people: [], toInvite: [], notes: [], undeclared: [], ...plan });
    });

  it("takes the people of one explicit provider, and names it", () => {
    const steps = [step({ ...ADA, provider: "emea" }), step({ name: "bob", email: "bob@acme.com" })];
    const { file, people, undeclared } = planImport(steps, seen(ADA, { email: "bob@acme.com" }), "emea");
    const urn = providerOf("emea").replace("::some-id", "");
    assert.deepEqual(people, [ADA.email]);
    assert.deepEqual(undeclared, ["bob@acme.com"]);
    assert.deepEqual(file.nameTable, { [urn]: urn });
    assert.equal(file.resources[0]?.provider, urn);
  });
});

describe("the explicit providers of a program", () => {
  const providerStep = (op: string, name: string, type = "pulumi:providers:pulumi-nodejs") => ({
    op,
    urn: `urn:pulumi:dev::people::${type}::${name}`,
  });
  const providers = programProviders([
    providerStep("create", "emea"),
    providerStep("update", "a::b"),
    providerStep("delete", "gone"),
    providerStep("create", "default_3_248_0"),
    providerStep("same", "latam", "pulumi:providers:headshotpro"),
    providerStep("same", "aws", "pulumi:providers:aws"),
    providerStep("create", "staff", "headshotpro:index:HeadshotRoster"),
  ]);

  it("are known by name, and whether the stack has them, and told where another one is meant", () => {
    const known = [...providers].map(([name, { isNew }]) => `${name} ${isNew}`);
    assert.deepEqual(known, ["emea true", "a::b false", "latam false"]);
    assert.equal(providerProblem("emea", providers), undefined);
    assert.match(providerProblem("gone", providers) ?? "", /no provider "gone"; it has a::b, emea, latam\.$/);
    assert.match(providerProblem("emea", new Map()) ?? "", /it has only the default one\.$/);
  });
});
