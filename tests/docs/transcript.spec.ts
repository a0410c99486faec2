import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { organizationForEach } from "../support/organization";

const ROOT = resolve(__dirname, "../..");
const PAGE = readFileSync(join(ROOT, "docs/yaml.md"), "utf8");

/** The command as it is compiled stands in for the installed one. */
const NPX = 'npx() { shift; "$NODE" "$COMMAND" "$@"; }';
const PATHS = { NODE: process.execPath, COMMAND: join(ROOT, "provider/dist/cli/command.js") };

/** What the page says before a block, the block, and how its command ended if that was not well. */
const BLOCKS = /([^\n]*)\n\n```(\w+)\n([\s\S]*?)^```(?:\n\nIt ends with (\d))?/gm;

/** The lines of a text, without what differs from run to run. */
const linesOf = (text: string) =>
  text
    .replace(/ \([\d.]+m?s\)/g, "")
    .replace(/\d{4}-\d\d-\d\d/g, "DATE")
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");

describe("a team in YAML, from a spreadsheet to its review", () => {
  const organization = organizationForEach({ language: "yaml", program: "" });
  const file = (name: string) => join(organization.stack.project, name);
  const edit = (...changes: [RegExp, string][]) => {
    const before = readFileSync(file("people.csv"), "utf8");
    const after = changes.reduce((text, [from, to]) => text.replace(from, to), before);
    writeFileSync(file("people.csv"), after);
  };

  /** What a reader does whom the page tells so in words. */
  const TOLD: Record<string, () => void> = {
    "Nobody was invited. Corrected:": () =>
      edit([/alan@acme,/, "alan@acme.com,"], [/Ada@acme\.com/, "katherine@acme.com"]),
    "Ada signs up:": () => organization.emulator.accept("ada@acme.com"),
    "The row of Alan is taken out, and Grace gets a team.": () =>
      edit([/^Alan .*\n/m, ""], [/grace@acme\.com,/, "grace@acme.com,team_abc123"]),
  };

  /** Runs a line as a shell would; what is talk goes where the data goes, as in a terminal. */
  const type = (line: string) =>
    new Promise<{ code: unknown; printed: string }>((done) => {
      const { stack } = organization;
      const env = { ...process.env, ...stack.environment(), ...PATHS, NO_COLOR: "1" };
      const shell = ["-o", "pipefail", "-c", `exec 2>&1; ${NPX}; ${line}`];
      execFile("bash", shell, { cwd: stack.project, env }, (error, stdout) =>
        done({ code: error?.code ?? 0, printed: stdout }),
      );
    });

  it("is in docs/yaml.md as it was printed, and only an up e-mails", async () => {
    const { emulator } = organization;
    for (const [, before = "", fence = "", text = "", ended = "0"] of PAGE.matchAll(BLOCKS)) {
      TOLD[before]?.();
      const [, name] = /^`(\S+)`:$/.exec(before) ?? [];
      if (name) writeFileSync(file(name), text);
      if (fence !== "console") continue;
      const [line = "", ...shown] = linesOf(text.replace(/^\$ /, ""));
      const sent = emulator.outbox.length;
      const { code, printed } = await type(line);
      assert.equal(code, Number(ended), printed);
      if (!line.startsWith("pulumi up")) assert.equal(emulator.outbox.length, sent, line);
      const lines = linesOf(printed);
      for (const one of shown)
        assert.ok(
          lines.some((other) => other.startsWith(one)),
          `${one}\n${printed}`,
        );
    }
    const people = ["ada", "alan", "grace", "grace", "katherine"].map((one) => `${one}@acme.com`);
    assert.deepEqual(emulator.outbox.map(({ to }) => to).sort(), people);
    assert.ok(emulator.invites().every(({ status }) => status === "revoked"));
  });
});
