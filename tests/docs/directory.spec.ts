import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { snippets } from "../support/reader";

const ROOT = resolve(__dirname, "../..");
const PAGE = readFileSync(join(ROOT, "docs/roster.md"), "utf8");

/**
 * The functions of Pulumi's providers for directories, as their packages have them, with their tokens. The packages
 * themselves are not installed, because the engine would fetch their plugins for every program in this repository.
 */
const FUNCTIONS = {
  azuread: {
    getGroup: "azuread:index/getGroup:getGroup",
    getUsers: "azuread:index/getUsers:getUsers",
  },
  okta: {
    "group.getGroup": "okta:group/getGroup:getGroup",
    "user.getUsers": "okta:user/getUsers:getUsers",
  },
  github: {
    getTeam: "github:index/getTeam:getTeam",
    getOrganizationExternalIdentities:
      "github:index/getOrganizationExternalIdentities:getOrganizationExternalIdentities",
  },
};

/** What a directory answers, by token; an error where it does not. */
type Answers = Record<string, unknown>;

const ENTRA = (members: string[], users: object[]): Answers => ({
  "azuread:index/getGroup:getGroup": { members },
  "azuread:index/getUsers:getUsers": { users },
});

const RUN = `
import * as pulumi from "@pulumi/pulumi";
const answers = JSON.parse(process.env.ANSWERS ?? "");
const registered: unknown[] = [];
pulumi.runtime.setMocks({
  newResource: ({ type, name, inputs }) => {
    if (type.includes("HeadshotInvite")) registered.push(inputs.email);
    return { id: name, state: { ...inputs, status: "pending" } };
  },
  call: ({ token }) => {
    if (answers[token] === undefined) throw new Error(token);
    return answers[token];
  },
});
pulumi.runtime.setConfig("project:group", "Headshots");
// The SDK drops what mocks throw.
const told = (error: Error) => ({ error: error.message || "refused" });
pulumi.runtime
  .runInPulumiStack(async () => {
    const program = require("./index");
    return typeof program === "function" ? program() : program;
  })
  .then(() => pulumi.runtime.disconnect())
  .then(() => ({}), told)
  .then((end) => console.log(JSON.stringify({ registered, ...end })));
`;

/** With the packages of this repository, and stand-ins for those of the directories. */
async function linkPackages(folder: string): Promise<void> {
  const modules = join(folder, "node_modules");
  await mkdir(join(modules, "@pulumi"), { recursive: true });
  for (const name of await readdir(join(ROOT, "node_modules")))
    if (name !== "@pulumi") await symlink(join(ROOT, "node_modules", name), join(modules, name), "junction");
  await symlink(join(ROOT, "node_modules/@pulumi/pulumi"), join(modules, "@pulumi/pulumi"), "junction");
  for (const [name, functions] of Object.entries(FUNCTIONS)) {
    const lines = Object.entries(functions).map(([path, token]) => {
      const [room, one] = path.split(".");
      const ask = `(args = {}) => require("@pulumi/pulumi").runtime.invoke("${token}", args)`;
      return one ? `(exports.${room} ??= {}).${one} = ${ask};` : `exports.${room} = ${ask};`;
    });
    const to = join(modules, "@pulumi", name);
    await mkdir(to);
    await writeFile(join(to, "package.json"), JSON.stringify({ name: `@pulumi/${name}`, version: "0.0.0" }));
    await writeFile(join(to, "index.js"), lines.join("\n"));
  }
}

describe("people from a directory, with mocks", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "headshotpro-directory-"));
    await linkPackages(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function run(program: string, answers: Answers): Promise<{ registered: string[]; error?: string }> {
    await cp(join(ROOT, "examples/directory/tsconfig.json"), join(folder, "tsconfig.json"));
    await writeFile(join(folder, "index.ts"), program);
    await writeFile(join(folder, "run.ts"), RUN);
    const env = {
      ...process.env,
      ...{ ANSWERS: JSON.stringify(answers), PULUMI_NODEJS_PROJECT: "project", PULUMI_NODEJS_STACK: "test" },
    };
    const args = ["--require", "ts-node/register/transpile-only", "run.ts"];
    return new Promise((done, failed) => {
      execFile(process.execPath, args, { cwd: folder, env }, (_, stdout, stderr) => {
        const last = stdout.trim().split("\n").at(-1) ?? "";
        if (last.startsWith("{")) done(JSON.parse(last));
        else failed(new Error(stdout + stderr));
      });
    });
  }

  const EXAMPLE = readFileSync(join(ROOT, "examples/directory/index.ts"), "utf8");

  it("examples/directory: a group of nobody is an error", async () => {
    const { registered, error } = await run(EXAMPLE, ENTRA([], []));
    assert.deepEqual(registered, []);
    assert.match(error ?? "", /nobody is in it, and everyone who was would lose/);
  });

  const programs = snippets(PAGE, "typescript");

  it("everybody in the group is invited: from Entra, from Okta and from GitHub, and in the example", async () => {
    const people = ["ada@acme.com", "grace@acme.com"];
    const answers = {
      ...ENTRA(
        ["1", "2"],
        people.map((mail) => ({ mail })),
      ),
      "okta:group/getGroup:getGroup": { id: "00g1" },
      "okta:user/getUsers:getUsers": {
        users: [
          ...people.map((email) => ({ email, status: "ACTIVE" })),
          { email: "gone@acme.com", status: "DEPROVISIONED" },
        ],
      },
      "github:index/getTeam:getTeam": { members: ["ada", "GHopper"] },
      "github:index/getOrganizationExternalIdentities:getOrganizationExternalIdentities": {
        identities: [
          { login: "ada", samlIdentity: { name_id: "ada@acme.com" } },
          { login: "GHopper", samlIdentity: { name_id: "grace@acme.com" } },
          { login: "zoe", samlIdentity: { name_id: "zoe@acme.com" } },
        ],
      },
    };
    assert.equal(programs.length, 3);
    for (const program of [EXAMPLE, ...programs]) {
      const outcome = await run(program, answers);
      assert.deepEqual([[...outcome.registered].sort(), outcome.error], [people, undefined], program);
    }
  });
});
