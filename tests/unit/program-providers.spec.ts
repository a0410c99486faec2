import assert from "node:assert/strict";
import { programProviders, providerProblem } from "../../provider/src/review/program-providers";

const step = (op: string, name: string, type = "pulumi:providers:pulumi-nodejs") => ({
  op,
  urn: `urn:pulumi:dev::people::${type}::${name}`,
});

describe("the explicit providers of a program", () => {
  const providers = programProviders([
    step("create", "emea"),
    step("same", "apac"),
    step("update", "a::b"),
    step("delete", "gone"),
    step("same", "default"),
    step("create", "default_3_248_0"),
    step("same", "latam", "pulumi:providers:headshotpro"),
    step("same", "default_0_1_0_http_/127.0.0.1_8080", "pulumi:providers:headshotpro"),
    step("same", "aws", "pulumi:providers:aws"),
    step("create", "staff", "headshotpro:index:HeadshotRoster"),
  ]);

  it("are known by name, and whether the stack has them", () => {
    const known = [...providers].map(([name, { isNew }]) => [name, isNew]);
    assert.deepEqual(known, [
      ["emea", true],
      ["apac", false],
      ["a::b", false],
      ["latam", false],
    ]);
    assert.equal(providers.get("emea")?.urn, step("", "emea").urn);
  });

  const names: [name: string, problem: string | undefined][] = [
    ["emea", undefined],
    ["a::b", undefined],
    ["emae", 'the program has no provider "emae"; it has a::b, apac, emea, latam.'],
    ["gone", 'the program has no provider "gone"; it has a::b, apac, emea, latam.'],
    ["", 'the program has no provider ""; it has a::b, apac, emea, latam.'],
  ];
  for (const [name, problem] of names)
    it(`"${name}" ${problem ? "is a mistake" : "is one"}`, () =>
      assert.equal(providerProblem(name, providers), problem));

  it("may be none", () => {
    assert.equal(
      providerProblem("emea", new Map()),
      'the program has no provider "emea"; it has only the default one.',
    );
  });
});
