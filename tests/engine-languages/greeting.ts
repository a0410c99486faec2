import assert from "node:assert/strict";
import type { Language } from "pulumi-engine";
import { organizationForEach } from "../support/organization";

/**
 * The life of a program that says its greeting and the `name` of the configuration: one test for all languages.
 * `mistaken` is a program that cannot run, and the CLI's words for it.
 */
export function describeGreeting(
  language: Language,
  program: (greeting: string) => string,
  mistaken: { program: string; said: RegExp },
): void {
  const organization = organizationForEach({ language, program: program("Hello") });

  it("is previewed, run, changed and destroyed", async () => {
    const { stack } = organization;
    const greeting = async () => JSON.parse((await stack.must("stack", "output", "--json")).printed).greeting;
    await stack.must("config", "set", "name", "Ada");

    const preview = await stack.must("preview");
    assert.match(preview.printed, /greeting: "Hello, Ada"/);
    assert.doesNotMatch(preview.printed, /warning.*pulumi-language/i, preview.printed);

    await stack.must("up", "--yes", "--skip-preview");
    assert.equal(await greeting(), "Hello, Ada");
    const same = await stack.must("up", "--yes", "--skip-preview");
    assert.match(same.printed, /1 unchanged/);

    await stack.setProgram(program("Welcome"));
    await stack.must("config", "set", "name", "Grace");
    await stack.must("up", "--yes", "--skip-preview");
    assert.equal(await greeting(), "Welcome, Grace");

    await stack.must("refresh", "--yes", "--skip-preview");
    await stack.must("destroy", "--yes", "--skip-preview");
    assert.deepEqual(JSON.parse((await stack.export()).text).deployment.resources ?? [], []);
  });

  it("with a mistake is refused, with its place in the file", async () => {
    const { stack } = organization;
    await stack.setProgram(mistaken.program);
    const { code, printed } = await stack.up();
    assert.notEqual(code, 0);
    assert.match(printed, mistaken.said);
  });
}
