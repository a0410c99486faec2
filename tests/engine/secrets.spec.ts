import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { TestStack } from "../support/stack";

const KEY = "hp_live_9f8e7d6c5b4a";
const VERBOSE = ["-v=11", "--logtostderr", "--debug"];

/**
 * Where the engine itself writes secrets in plain text (CLI 3.257, SDK 3.248; docs/security.md tells users): all of
 * it has to be asked for. Whatever is found elsewhere is ours.
 */
const ENGINE_WRITES = {
  key: [
    "log: Marshaling property for RPC",
    "log: Unmarshaling property for RPC",
    "grpc: LanguageRuntime/Run",
    "grpc: ResourceProvider/CheckConfig",
    "grpc: ResourceProvider/DiffConfig",
    "grpc: ResourceProvider/Configure",
    "grpc: ResourceMonitor/RegisterResource",
    "trace",
  ],
  link: [
    "log: Marshaling property for RPC",
    "log: Unmarshaling property for RPC",
    "log: RegisterResource RPC finished",
    "log: eventSink::Debug",
    "debug: RegisterResource RPC finished",
    "grpc: ResourceProvider/Create",
    "grpc: ResourceProvider/Read",
    "grpc: ResourceProvider/Diff",
    "grpc: ResourceProvider/Delete",
    "grpc: ResourceMonitor/RegisterResource",
    "grpc: ResourceMonitor/RegisterResourceOutputs",
    "trace",
  ],
};

const program = (key: string, keepLink: boolean) => `
  const ada = new HeadshotInvite("ada", { email: "ada@acme.com", keepLink: ${keepLink} });
  exports.link = ada.link;
  const provider = new Provider("other", { ${key} });
  new HeadshotInvite("grace", { email: "grace@acme.com", keepLink: ${keepLink} }, { provider });`;

describe("the key and the links, on the real engine", () => {
  let emulator: Emulator;
  let stack: TestStack;
  afterEach(async () => {
    await stack.remove();
    await emulator.close();
  });

  /** Starts a stack, and runs its life with everything that the engine can log. */
  const live = async (text: string, env: Record<string, string | undefined>, ...before: string[]) => {
    emulator = await startEmulator({ apiKey: KEY });
    stack = await TestStack.create(emulator, { language: "javascript", program: text, env });
    if (before.length > 0) await stack.must(...before);
    const printed: string[] = [];
    const run = async (verb: string, ...args: string[]) => {
      stack.env = { ...env, PULUMI_DEBUG_GRPC: join(stack.directory, `grpc-${printed.length}.json`) };
      const tracing = `--tracing=file:${join(stack.directory, `trace-${printed.length}`)}`;
      const outcome = await stack.run(verb, "--yes", "--skip-preview", ...VERBOSE, tracing, ...args);
      printed.push(outcome.printed);
      return outcome;
    };
    for (const verb of ["up", "refresh"]) {
      const { code, printed } = await run(verb);
      assert.equal(code, 0, printed);
    }
    // What goes wrong is logged most of all.
    emulator.fault({ on: "revoke", kind: { status: 401 }, times: Number.POSITIVE_INFINITY });
    assert.notEqual((await run("destroy")).code, 0);

    const links = emulator.outbox.flatMap(({ link }) => [
      link,
      new URL(link).searchParams.get("invite") ?? link,
    ]);
    assert.equal(links.length, 4);
    const found = (secrets: string[]) => [
      ...new Set([...printed.flatMap((text) => inLog(text, secrets)), ...inFiles(stack.directory, secrets)]),
    ];
    const ids = emulator.invites().map(({ id }) => id);
    return { key: found([KEY]), link: found(links), id: found(ids) };
  };

  it("a key from the environment is in no log, no trace and no file, at whatever level", async () => {
    const found = await live(program('apiKeyEnv: "OTHER"', true), { OTHER: KEY });
    assert.deepEqual(found.key, []);
    assert.deepEqual(beyond(found.link, ENGINE_WRITES.link), []);
    // Else this test would look in the wrong places.
    for (const place of ["log: Unmarshaling property for RPC", "grpc: ResourceProvider/Create", "trace"])
      assert.ok(found.link.includes(place), `nothing at "${place}"`);
  });

  it("without keepLink, no link and no invite's id is in any log, trace or file, and the state has nothing secret", async () => {
    const found = await live(program('apiKeyEnv: "OTHER"', false), { OTHER: KEY });
    assert.deepEqual(found, { key: [], link: [], id: [] });
    assert.ok(!(await stack.stateFile()).includes("ciphertext"));
  });

  it("a key from the configuration is where the engine writes it, and nowhere else", async () => {
    const fromConfig = program('apiKey: new pulumi.Config("headshotpro").requireSecret("apiKey")', true);
    const setKey = ["config", "set", "--secret", "headshotpro:apiKey", KEY];
    const found = await live(fromConfig, { HEADSHOTPRO_API_KEY: undefined }, ...setKey);
    assert.deepEqual(beyond(found.key, ENGINE_WRITES.key), []);
    assert.deepEqual(beyond(found.link, ENGINE_WRITES.link), []);
    for (const place of ["grpc: ResourceProvider/Configure", "trace"])
      assert.ok(found.key.includes(place), `nothing at "${place}"`);
  });
});

function beyond(found: string[], documented: string[]): string[] {
  return found.filter((place) => !documented.includes(place));
}

/** The kinds of lines that have a secret in them: the engine's log, the SDK's debug messages, anything else. */
function inLog(text: string, secrets: string[]): string[] {
  return linesWith(text, secrets).map((line) => {
    if (!line.startsWith("{"))
      return /debug: RegisterResource RPC finished/.exec(line)?.[0] ?? `printed: ${line}`;
    const { msg } = JSON.parse(line);
    return `log: ${/^((Unm|M)arshaling property for RPC|RegisterResource RPC finished|eventSink::Debug)/.exec(msg)?.[0] ?? msg}`;
  });
}

/** The same for the files of a stack: state, its history and back-ups, configuration, the CLI's own folder. */
function inFiles(directory: string, secrets: string[]): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({ name: entry.name, lines: readFileSync(join(entry.parentPath, entry.name), "utf8") }))
    .flatMap(({ name, lines }) =>
      linesWith(lines, secrets).map((line) => {
        if (name.startsWith("trace-")) return "trace";
        if (name.startsWith("grpc-")) return `grpc: ${JSON.parse(line).method.replace("/pulumirpc.", "")}`;
        return `file: ${name}: ${line.slice(0, 200)}`;
      }),
    );
}

function linesWith(text: string, secrets: string[]): string[] {
  return text.split("\n").filter((line) => secrets.some((secret) => line.includes(secret)));
}
