import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { inOtherLanguages } from "../../provider/src/sdk/headshot-invite";
import { HeadshotTeam } from "../../provider/src/sdk/headshot-team";
import { Provider } from "../../provider/src/sdk/provider";
import { declaredOnce } from "../../provider/src/sdk/registry";

/** An explicit provider; each stands for an organization. */
const organization = () => ({ getPackage: () => "pulumi-nodejs" }) as unknown as pulumi.ProviderResource;

const component = (name: string, provider?: pulumi.ProviderResource) =>
  ({ __name: name, getProvider: () => provider }) as unknown as pulumi.Resource;

type Options = pulumi.CustomResourceOptions;
const declare = (name: string, email: pulumi.Input<string>, opts?: Options, place?: string) =>
  declaredOnce(email, { name, opts, place });

/** What an output comes to, or what it fails with. */
const known = (email: pulumi.Input<string>): Promise<string> => {
  // A failed output rejects several promises; the program's process reports the first and drops the others.
  const output = pulumi.output(email) as unknown as Record<string, unknown>;
  const { isKnown, isSecret, allResources, promise } = output;
  for (const one of [isKnown, isSecret]) (one as Promise<unknown>).catch(() => {});
  if (allResources) (allResources as () => Promise<unknown>)().catch(() => {});
  return (promise as () => Promise<string>)();
};

describe("a HeadshotTeam", () => {
  const refuses = (make: () => unknown, message: RegExp) =>
    assert.throws(make, (error: Error) => {
      assert.match(error.message, message);
      return pulumi.RunError.isInstance(error);
    });

  it("with the option import is refused", () =>
    refuses(
      () => new HeadshotTeam("a", { name: "Design" }, { import: "Design" }),
      /^HeadshotTeam "a": Pulumi cannot carry out the option `import` .* `pulumi up` adopts the team of this name\.$/,
    ));

  it("of a name that another one has is refused", () => {
    const provider = organization();
    try {
      new HeadshotTeam("a", { name: "Design" }, { provider });
    } catch {
      // Without an engine it cannot be registered.
    }
    refuses(
      () => new HeadshotTeam("b", { name: " design" }, { provider }),
      /^The team " design" is declared twice, by "a" and by "b"/,
    );
  });
});

it("a Provider without arguments is refused", () =>
  assert.throws(
    () => new Provider("emea", undefined as never),
    /^Error: Provider "emea": give exactly one of apiKey and apiKeyEnv/,
  ));

describe("declaredOnce", () => {
  it("names both resources and the canonical address, in one message without a stack", () => {
    const provider = organization();
    declare("a", "Ada@acme.com", { provider });
    assert.throws(
      () => declare("b", "ada@ACME.com ", { provider }),
      (error: Error) => {
        assert.ok(pulumi.RunError.isInstance(error));
        const message =
          'ada@acme.com is declared twice, by "a" and by "b". A person has one invite in an organization: remove one of the two.';
        assert.deepEqual([error.message, error.stack], [message, undefined]);
        error.message = `error serializing property "email": ${error.message}`;
        assert.equal(error.message, message, "the SDK cannot put anything before it");
        return true;
      },
    );
  });

  it("tells the place that a component has told of, and goes by the provider of the parent", () => {
    const provider = organization();
    const place = 'the roster "people" (people.csv:3)';
    declare("people/ada", "ada@acme.com", { parent: component("people", provider) }, place);
    assert.throws(
      () => declare("a", "ada@acme.com", { provider }),
      ({ message }: Error) => message.includes(`by ${place} and by "a"`),
    );
  });

  it("checks an address that is known only later, and fails in its place", async () => {
    const provider = organization();
    const a = declare("a", Promise.resolve("Ada@acme.com"), { provider });
    assert.equal(await known(a), "Ada@acme.com");
    await assert.rejects(
      known(declare("b", pulumi.output("ada@acme.com"), { provider })),
      /by "a" and by "b"/,
    );
  });
});

const type = "headshotpro:index:HeadshotInvite";

describe("the aliases of a person whose stack's program was in another language", () => {
  const cases: [name: string, own: pulumi.CustomResourceOptions["aliases"], aliases: pulumi.Alias[]][] = [
    ["with a name", [{ name: "a" }], [{ type }, { name: "a", type }]],
    ["with a URN, which says all", ["urn:pulumi:s::p::t::a"], [{ type }]],
    ["with one that is known later", [pulumi.output({ name: "a" })], [{ type }]],
  ];
  for (const [name, own, aliases] of cases) it(name, () => assert.deepEqual(inOtherLanguages(own), aliases));
});
