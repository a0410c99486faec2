import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { version } from "pulumi-headshotpro/package.json";
import { emulatorForAll, run } from "../support/command";

const ABOUT = {
  cliAbout: { version: "3.257.0" },
  runtime: { language: "nodejs", version: "v20.19.0" },
  backend: { user: "ada", url: "https://app.pulumi.com/acme-secret-org", organizations: ["acme-secret-org"] },
  errors: null,
};

const KEY = "hp_of_the_stack";

/** A CLI that answers from a file, so that what it says is the same on each machine. */
const STAND_IN = `#!/usr/bin/env node
const [, , command, what] = process.argv;
process.stderr.write("the stack acme-secret-org/people/dev\\n");
const answers = JSON.parse(require("node:fs").readFileSync(__dirname + "/answers.json", "utf8"));
const answer = answers[what === "get" ? "key" : command];
if (answer === undefined) process.exit(255);
process.stdout.write(typeof answer === "string" ? answer + "\\n" : JSON.stringify(answer));
`;

describe("cli: doctor", () => {
  const api = emulatorForAll({ apiKey: KEY, memberKey: "hp_member", credits: 7, rateLimit: false });
  let home: string;
  let cwd: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "headshotpro-doctor-"));
    cwd = join(home, "acme-secret-org");
    mkdirSync(join(home, "bin"));
    writeFileSync(join(home, "bin/pulumi"), STAND_IN);
    chmodSync(join(home, "bin/pulumi"), 0o755);
    answers({
      about: ABOUT,
      config: {
        "headshotpro:apiKey": { secret: true },
        "headshotpro:adopt": { value: "true", secret: false },
      },
      key: KEY,
    });
    install("pulumi-headshotpro", version);
    install("@pulumi/pulumi", "3.248.0");
  });
  afterEach(() => {
    api.emulator.clearFaults();
    rmSync(home, { recursive: true });
  });

  const answers = (said: object) => writeFileSync(join(home, "bin/answers.json"), JSON.stringify(said));
  function install(name: string, of: string, dependencies = {}): void {
    const folder = join(cwd, "node_modules", name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name, version: of, dependencies }));
  }
  const doctor = (args: string[] = [], env: Record<string, string> = {}) =>
    run(["doctor", ...args], {
      cwd,
      env: {
        HOME: home,
        PATH: [join(home, "bin"), process.env.PATH].join(delimiter),
        HEADSHOTPRO_BASE_URL: api.emulator.url,
        ...env,
      },
    });

  it("all is well: each line as it is printed, with the stack's key, two questions, and 0", async () => {
    const before = api.emulator.requests.length;
    const { code, stdout, stderr } = await doctor();
    const asked = api.emulator.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual(asked, ["GET /api/v2/organization/invites", "GET /api/v2/organization/credits"]);
    const told = stdout
      .replace(/v\S+ on \S+ \S+/, "VERSION on SYSTEM")
      .replace(`pulumi-headshotpro  ${version}`, "pulumi-headshotpro  0.1.0")
      .replace(api.emulator.url, "http://127.0.0.1:PORT/api/v2");
    assert.equal(told, readFileSync(join(__dirname, "snapshots/doctor.txt"), "utf8"));
    assert.deepEqual([code, stderr], [0, "all is well\n"]);
  });

  it("a key that is no admin's: what to do, 1, and nothing that tells who it is", async () => {
    api.emulator.inviteByHand({ email: "ada@acme.com" });
    install("@acme/people", "1.0.0", { "@pulumi/pulumi": "3.240.0" });
    install("@acme/people/node_modules/@pulumi/pulumi", "3.240.0");
    writeFileSync(join(cwd, "package.json"), JSON.stringify({ dependencies: { "@acme/people": "1" } }));
    const { code, stdout, stderr } = await doctor([], { HEADSHOTPRO_API_KEY: "hp_member" });
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^✖ API key +the API key is not an organization admin's \(403 FORBIDDEN\)\n +Use the key of an admin\.$/m,
    );
    assert.match(stdout, /^⚠ @pulumi\/pulumi +2 copies in one program: 3\.240\.0 \(.*\), 3\.248\.0 \(.*\)$/m);
    assert.equal(stderr, "1 thing is wrong, 1 thing is worth knowing\n");
    assert.doesNotMatch(stdout + stderr, /acme|ada|hp_member|hp_of/);
    assert.ok(!stdout.includes(home));
  });

  it("--json: the findings, for programs", async () => {
    answers({ about: { ...ABOUT, runtime: null, errors: ["no Pulumi.yaml project file found"] } });
    const { code, stdout } = await doctor(["--json"]);
    const findings: { level: string; what: string }[] = JSON.parse(stdout);
    const odd = findings.filter(({ level }) => level !== "well").map(({ level, what }) => `${level} ${what}`);
    assert.deepEqual([code, odd], [1, ["notable project", "wrong configuration"]]);
  });

  it("no CLI, and an API that fails: each is a line, and nothing is tried again", async () => {
    api.emulator.fault({ on: "list", kind: { status: 503 }, times: 9 });
    const before = api.emulator.requests.length;
    const PATH = join(home, "nothing");
    const { code, stdout } = await doctor([], { PATH, HEADSHOTPRO_API_KEY: KEY });
    assert.equal(code, 1);
    assert.match(stdout, /^✖ Pulumi CLI +not found on PATH$/m);
    assert.match(stdout, /^✖ API +HeadshotPro gave no usable answer \(503\)/m);
    assert.equal(api.emulator.requests.length, before + 1);
  });
});
