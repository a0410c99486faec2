import { strict as assert } from "node:assert";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { inOwnProcess } from "./own-process";

/** Mocks that note what they are asked, and answer as `answer` says. */
const mocked = (answer: string) => `
  const asked = [];
  pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: name + "-id", state: inputs }),
    call: ({ token, inputs, provider }) => {
      asked.push({ token, inputs, provider });
      return (${answer})(inputs);
    },
  });
  const { getInvite, getInviteOutput, getInvites, HeadshotRoster, Provider } = headshotpro;
  const refusal = (promise) => promise.then(() => "none", (error) => error.message);
  const valueOf = (output) => new Promise((resolve) => output.apply(resolve));
`;

const ADA = '{ email: "ada@acme.com", status: "pending" }';
const EVERYONE = `() => ({ invites: [${ADA}] })`;

describe("without an engine", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
    emulator.inviteByHand({ email: "real@acme.com" });
  });
  after(() => emulator.close());
  /** The key is in the environment, as on a developer's machine. */
  const run = (body: string) =>
    inOwnProcess(body, { HEADSHOTPRO_API_KEY: emulator.apiKey, HEADSHOTPRO_BASE_URL: emulator.url });
  afterEach(() => assert.deepEqual(emulator.requests, [], "nothing real is asked"));

  it("getInvite is answered by the test's mocks, where {} means that nobody has invited the person", async () => {
    const told = await run(`${mocked(`({ email }) => email.startsWith("ada") ? ${ADA} : {}`)}
      const nobody = await valueOf(getInviteOutput({ email: pulumi.output("bob@acme.com") }));
      return { one: await getInvite({ email: " Ada@ACME.com" }), nobody: nobody ?? null, asked };`);
    const call = { token: "headshotpro:index:getInvite", provider: "" };
    assert.deepEqual(told, {
      one: { email: "ada@acme.com", status: "pending" },
      nobody: null,
      asked: ["bob@acme.com", "ada@acme.com"].map((email) => ({ ...call, inputs: { email } })),
    });
  });

  it("getInvites is answered by the test's mocks, told for which organization", async () => {
    const told = await run(`${mocked(EVERYONE)}
      const emea = new Provider("emea", { apiKeyEnv: "EMEA_KEY" });
      return { people: await getInvites({ status: "pending" }, { provider: emea }), asked };`);
    assert.deepEqual(told, {
      people: { invites: [{ email: "ada@acme.com", status: "pending" }], unreadable: 0 },
      asked: [
        {
          token: "headshotpro:index:getInvites",
          inputs: { status: "pending" },
          provider: "urn:pulumi:stack::project::pulumi:providers:pulumi-nodejs::emea::emea-id",
        },
      ],
    });
  });

  const unanswered = (name: string, answer: string) =>
    `The mocks of this unit test do not answer headshotpro:index:${name}. Have their call() return ${answer}: see docs/unit-tests.md.`;
  const INVITE = "{ email, status } for somebody who is invited, and {} for nobody";
  const NO_INVITE = unanswered("getInvite", INVITE);
  const NO_LIST = unanswered("getInvites", "{ invites: [{ email, status }] }");

  for (const [answer, one, all] of [
    ["(inputs) => inputs", NO_INVITE, NO_LIST],
    ["() => ({})", "none", NO_LIST],
    // The SDK drops what the mocks say then.
    ['() => { throw new Error("unexpected"); }', NO_INVITE, NO_LIST],
  ] as const)
    it(`mocks that do not answer are an error that says what to return: ${answer}`, async () => {
      const told = await run(`${mocked(answer)}
        return [await refusal(getInvite({ email: "ada@acme.com" })), await refusal(getInvites())];`);
      assert.deepEqual(told, [one, all]);
    });

  it("a roster looks for nobody unmanaged, since there is no state to compare with", async () => {
    const told = await run(`${mocked(EVERYONE)}
      const declare = (provider) => new HeadshotRoster("people", { members: ["zoe@acme.com"], unmanaged: "fail" }, { provider });
      await valueOf(declare().summary);
      const inStack = await pulumi.runtime.runInPulumiStack(async () => {
        const emea = new Provider("emea", { apiKey: "hp_emea" });
        return { summary: declare(emea).summary };
      });
      return asked;`);
    assert.deepEqual(told, []);
  });

  it("and without mocks, a function says that it needs a stack, and what does not", async () => {
    const told = await run("return await headshotpro.getInvites().catch((error) => error.message);");
    const message =
      "getInvites needs a Pulumi stack, and none is being run. In a unit test, set mocks (docs/unit-tests.md); " +
      'in a program without Pulumi, use HeadshotProClient from "pulumi-headshotpro/client".';
    assert.equal(told, message);
  });
});
