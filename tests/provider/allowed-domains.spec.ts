import assert from "node:assert/strict";
import { throughEachFace } from "../support/lab";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const OUTSIDE = "email: acmee.com is not an allowed domain; did you mean acme.com? (allowedDomains)";

throughEachFace("allowed domains", (labForAll) => {
  const it_ = labForAll({ config: { "headshotpro:allowedDomains": "Acme.com,*.bücher.example" } });
  const failures = async (news: object, olds?: object) =>
    (await it_.lab.provider.check({ ...news }, olds && { ...olds })).failures;
  afterEach("made no request", () => assert.deepEqual(it_.lab.takeRequests(), []));

  it("refuse a new person outside of them, in the preview", async () =>
    assert.deepEqual(await failures({ email: "Ada@Acmee.com" }), [OUTSIDE]));

  it("refuse the address outside to which a resource changes", async () =>
    assert.deepEqual(await failures({ email: "bob@acmee.com" }, { email: "bob@acme.com" }), [OUTSIDE]));

  for (const email of [
    "ADA@ACME.COM",
    "zoe@mail.BÜCHER.example",
    "zoe.2@mail.xn--bcher-kva.example",
    UNKNOWN,
  ])
    it(`let pass ${email === UNKNOWN ? "an address that is not known yet" : email}`, async () =>
      assert.deepEqual(await failures({ email }), []));

  it("leave somebody alone who is there already", async () =>
    assert.deepEqual(
      await failures({ email: "eve@acmee.com", teamId: "team_xyz789" }, { email: "Eve@acmee.com" }),
      [],
    ));

  it("say nothing more of what is no address", async () =>
    assert.equal((await failures({ email: "ada(at)acmee.com" })).length, 1));
});

throughEachFace("allowed domains that are none", (labForAll) => {
  const it_ = labForAll({ env: { HEADSHOTPRO_ALLOWED_DOMAINS: "@acme.com" } });

  it("are a mistake of the configuration, and nobody is invited", async () => {
    const { provider } = it_.lab;
    const { failures } = await provider.check({ email: "ada@acme.com" });
    assert.match(
      failures.join(),
      /^: HEADSHOTPRO_ALLOWED_DOMAINS has "@acme\.com" in it, which is not a domain/,
    );
    await assert.rejects(provider.create({ email: "ada@acme.com" }), /HEADSHOTPRO_ALLOWED_DOMAINS has/);
    assert.deepEqual(it_.lab.takeRequests(), []);
  });
});
