import { strict as assert } from "node:assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { organizationForEach } from "../support/organization";
import { pack } from "./tarball";
import { run } from "./tools";

const SIX_LINES = `name: people
runtime: yaml
plugins: { providers: [{ name: headshotpro, path: node_modules/.bin }] }
resources:
  people: { type: "headshotpro:HeadshotRoster", properties: { file: people.csv } }
outputs: { summary: "\${people.summary}" }
`;

describe("an empty folder in which the package is installed", () => {
  const organization = organizationForEach({ language: "yaml", face: "dynamic" });
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "headshotpro-package-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("six lines of Pulumi.yaml and a spreadsheet invite a team, and a second up changes nothing", async () => {
    const { stack } = organization;
    const { file } = await pack(folder);
    await rm(join(stack.project, "node_modules"));
    await run("npm", ["install", "--no-audit", "--no-fund", file], { cwd: stack.project });
    await writeFile(join(stack.project, "Pulumi.yaml"), SIX_LINES);
    await writeFile(join(stack.project, "people.csv"), "E-mail\nada@acme.com\ngrace@acme.com\n");

    const up = await stack.up();
    assert.equal(up.code, 0, up.printed);
    assert.deepEqual([...up.emails].sort(), ["ada@acme.com", "grace@acme.com"]);
    const again = await stack.up("--expect-no-changes");
    assert.deepEqual([again.code, again.requests], [0, []], again.printed);
    assert.match(again.printed, /4 unchanged/);
    assert.equal((await stack.destroy()).code, 0);
  });
});
