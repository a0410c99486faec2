import { strict as assert } from "node:assert";
import { outsideDomain, readAllowedDomains } from "../../provider/src/invite/allowed-domains";

const lists: [text: string, domains: string[]][] = [
  ["acme.com", ["acme.com"]],
  [" Acme.COM ,, *.Acme.eu,", ["acme.com", "*.acme.eu"]],
  ['["acme.com", " *.BÜCHER.example "]', ["acme.com", "*.xn--bcher-kva.example"]],
];

const unusable: [text: string, reason: string][] = [
  [" , ", "names no domain: leave it out to allow all, or give one such as acme.com"],
  ["[acme.com]", 'is "[acme.com]", which is not a list in JSON'],
  ...['"@acme.com"', '"*"', '"*.com"', '"acme"', '"*acme.com"', '"a.*.com"', '"acme.com/x"', "7", "null"].map(
    (one): [string, string] => [
      `["ok.com", ${one}]`,
      `has ${one} in it, which is not a domain: expected acme.com, or *.acme.com for those below`,
    ],
  ),
];

const ALLOWED = ["acme.com", "*.acme.eu", "xn--bcher-kva.example"];
const OTHERS = "allowed: acme.com, *.acme.eu, xn--bcher-kva.example";
const people: [email: string, outside?: string][] = [
  ["ada@acme.com"],
  ["ada@mail.acme.eu"],
  ["zoe@xn--bcher-kva.example"],
  ["ada@acmee.com", "acmee.com is not an allowed domain; did you mean acme.com?"],
  ["ada@mail.acme.com", `mail.acme.com is not an allowed domain; did you mean mail.acme.eu?`],
  ["ada@acme.com.evil.example", `acme.com.evil.example is not an allowed domain; ${OTHERS}`],
  ["ada@evilacme.eu", `evilacme.eu is not an allowed domain; ${OTHERS}`],
];

describe("allowed domains", () => {
  for (const [text, domains] of lists)
    it(`${JSON.stringify(text)} names ${domains.join(" and ")}`, () =>
      assert.deepEqual(readAllowedDomains(text), domains));
  for (const [text, reason] of unusable)
    it(`${JSON.stringify(text)} ${reason.split(" ").slice(0, 2).join(" ")} …`, () =>
      assert.throws(() => readAllowedDomains(text), { message: reason }));

  for (const [email, outside] of people)
    it(`${email} is ${outside === undefined ? "inside" : "outside"}`, () =>
      assert.equal(outsideDomain(email, ALLOWED), outside));
  it("if none are named, everybody is inside", () =>
    assert.equal(outsideDomain("ada@acmee.com", undefined), undefined));
});
