import assert from "node:assert/strict";
import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { startEmulator } from "headshotpro-emulator";
import { NO_LIMIT } from "../support/constants";
import { call, type Started, secret, secretsIn, startProvider, structOf } from "../support/engine-grpc";
import { KEY, type VerbFailure } from "../support/operations";
import { PLUGIN, PluginProcess } from "../support/provider-process";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const urnOf = (name: string) => `urn:pulumi:test::people::headshotpro:index:HeadshotInvite::${name}`;
const URN = urnOf("ada");

describe("the plugin, beyond what both faces do", () => {
  let emulator: Awaited<ReturnType<typeof startEmulator>>;
  let plugin: PluginProcess;
  /** But whose organization it is, which a run asks for once (organization.spec.ts). */
  const requests = () => emulator.requests.map(({ verb }) => verb).filter((verb) => verb !== "organization");

  beforeEach(async () => {
    emulator = await startEmulator({ apiKey: KEY, rateLimit: NO_LIMIT });
    plugin = await PluginProcess.start({
      HEADSHOTPRO_API_KEY: KEY,
      HEADSHOTPRO_BASE_URL: emulator.url,
      HEADSHOTPRO_KEEP_LINK: "true",
    });
  });
  afterEach(async () => {
    await plugin.stop();
    await emulator.close();
  });

  it("shows in a preview what is known of a person, and that the rest is told later, and sends nothing", async () => {
    const told = await plugin.previewCreate({ email: "ada@acme.com", maxRenewals: 1 });
    const { email, maxRenewals, status, link, expiresAt } = told;
    assert.deepEqual([email, maxRenewals], ["ada@acme.com", 1]);
    assert.deepEqual([status, link, expiresAt], Array(3).fill(UNKNOWN));
    assert.deepEqual(requests(), []);
    const { outs } = await plugin.create({ email: "ada@acme.com" });
    const news = { email: "ada@acme.com", maxRenewals: 1 };
    assert.deepEqual(await plugin.previewUpdate("ada@acme.com", outs, news), { ...outs, maxRenewals: 1 });
    const moved = await plugin.previewUpdate("ada@acme.com", outs, { ...news, teamId: "team_abc123" });
    assert.deepEqual([moved.teamId, moved.status, moved.link], ["team_abc123", UNKNOWN, UNKNOWN]);
    assert.deepEqual(requests(), ["create"]);
  });

  it("marks as secret what came so, and what lets somebody sign up", async () => {
    const news = structOf({ email: "ada@acme.com", teamId: secret("team_abc123") });
    const check = new proto.CheckRequest().setUrn(URN).setNews(news);
    const checked = await call<proto.CheckResponse>((done) => plugin.client.check(check, done));
    assert.deepEqual(secretsIn(checked.getInputs()), ["teamId"]);
    const create = new proto.CreateRequest().setUrn(URN).setProperties(checked.getInputs());
    const created = await call<proto.CreateResponse>((done) => plugin.client.create(create, done));
    assert.deepEqual(secretsIn(created.getProperties()).sort(), ["link", "teamId"]);
  });

  it("keeps a secret secret in what it records of a change in part", async () => {
    const { outs } = await plugin.create({ email: "ada@acme.com" });
    emulator.fault({ on: "create", kind: { status: 402 } });
    const update = new proto.UpdateRequest().setUrn(URN).setId("ada@acme.com").setOlds(structOf(outs));
    update.setNews(structOf({ email: "ada@acme.com", teamId: "team_abc123", resend: secret(1) }));
    const failure = await call((done) => plugin.client.update(update, done)).then(
      () => assert.fail("it should have failed"),
      (error: VerbFailure) => error,
    );
    assert.equal(failure.recorded?.properties.status, "revoked");
    assert.deepEqual(failure.recorded?.secrets, ["resend"]);
  });

  it("tells beside the resource what a verb says, before the verb has answered", async () => {
    emulator.inviteByHand({ email: "ada@acme.com" });
    await plugin.create({ email: "ada@acme.com" });
    const text = "ada@acme.com was already invited (pending): adopted, no e-mail sent";
    assert.deepEqual(plugin.lines, [{ text, urn: urnOf("ada@acme.com") }]);
  });

  describe("its list", () => {
    const list = (request: proto.ListRequest, token = "headshotpro:index:HeadshotInvite") =>
      new Promise<string[]>((resolve, reject) => {
        const told: string[] = [];
        plugin.client
          .list(request.setToken(token))
          .on("data", (reply: proto.ListResponse) => {
            const next = reply.getContinuation()?.getContinuationToken();
            const computed = reply.hasComputed() ? "known later" : undefined;
            told.push(computed ?? reply.getResult()?.getId() ?? `then after ${next}`);
          })
          .on("end", () => resolve(told))
          .on("error", ({ details }: { details: string }) => reject(new Error(details)));
      });
    const query = (which: object) => new proto.ListRequest().setQuery(structOf({ ...which }));
    const after = (token: string) => new proto.ListRequest().setContinuationToken(token);
    beforeEach(() => {
      for (const name of ["cleo", "ada", "bob"]) emulator.inviteByHand({ email: `${name}@acme.com` });
      emulator.accept("bob@acme.com");
    });

    it("has everyone by address, or those with a status or in a team", async () => {
      assert.deepEqual(await list(query({})), ["ada@acme.com", "bob@acme.com", "cleo@acme.com"]);
      assert.deepEqual(await list(query({ status: "accepted", teamId: null })), ["bob@acme.com"]);
      assert.deepEqual(await list(query({ teamId: "team_abc123" })), []);
      assert.deepEqual(await list(query({ status: UNKNOWN })), ["known later"]);
    });

    it("comes a page at a time, and no longer than is asked for", async () => {
      const page = ["ada@acme.com", "bob@acme.com"];
      assert.deepEqual(await list(query({}).setPageSize(2)), [...page, "then after bob@acme.com"]);
      assert.deepEqual(await list(after("bob@acme.com").setPageSize(2)), ["cleo@acme.com"]);
      assert.deepEqual(await list(query({}).setPageSize(2).setLimit(2)), page);
      assert.deepEqual(await list(query({}).setPageSize(3)), [...page, "cleo@acme.com"]);
    });
  });
});

describe("the plugin before it is configured", () => {
  let started: Started;
  beforeEach(async () => {
    started = await startProvider([PLUGIN], {});
  });
  afterEach(() => {
    started.engine.close();
    started.child.kill("SIGKILL");
  });

  it("serves its version and its schema, prints nothing but its port, and ends with the engine that attaches", async () => {
    const { child, engine, printed } = started;
    const info = await call<{ getVersion(): string }>((done) => engine.getPluginInfo(new Empty(), done));
    const { version } = require("../../provider/package.json");
    assert.equal(info.getVersion(), version);
    const reply = await call<proto.GetSchemaResponse>((done) =>
      engine.getSchema(new proto.GetSchemaRequest(), done),
    );
    const schema = JSON.parse(reply.getSchema());
    assert.deepEqual([schema.name, schema.version], ["headshotpro", version]);
    const standIn = await startEmulator();
    const ended = new Promise<unknown>((resolve) => child.once("exit", (_, signal) => resolve(signal)));
    await call((done) => engine.attach(new PluginAttach().setAddress(new URL(standIn.url).host), done));
    await standIn.close();
    assert.equal(await ended, "SIGKILL");
    assert.deepEqual(printed, []);
  });

  it("takes secrets, and is not configured without knowing which provider it is", async () => {
    const { engine } = started;
    const hello = await call<proto.ProviderHandshakeResponse>((done) =>
      engine.handshake(new proto.ProviderHandshakeRequest(), done),
    );
    assert.deepEqual([hello.getAcceptSecrets(), hello.getAcceptOutputs()], [true, false]);
    const request = new proto.ConfigureRequest().setArgs(structOf({}));
    await assert.rejects(
      call((done) => engine.configure(request, done)),
      /This version of Pulumi does not say which provider it configures/,
    );
  });
});
