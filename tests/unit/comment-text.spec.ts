import assert from "node:assert/strict";
import { toComment } from "../../provider/src/cli/comments/upsert-comment";
import { type Preview, stackIn } from "../../provider/src/review/preview-json";

describe("the text of a comment", () => {
  it("has a mark that readers do not see, and the stack", () =>
    assert.deepEqual(toComment("### Review\n", "acme/people/prod"), {
      marker: "<!-- pulumi-headshotpro review acme%2Fpeople%2Fprod -->",
      body: "<!-- pulumi-headshotpro review acme%2Fpeople%2Fprod -->\n### Review\n\nStack: `acme/people/prod`\n",
    }));

  it("needs no stack", () =>
    assert.equal(toComment("Review\n", undefined).body, "<!-- pulumi-headshotpro review -->\nReview\n"));

  it("has a mark that ends where it should, whatever the stack is called", () => {
    const { marker } = toComment("", "--><img src=x>");
    assert.equal(marker.indexOf("-->"), marker.length - 3);
    assert.notEqual(toComment("", "a").marker, toComment("", "a b").marker);
    assert.ok(!toComment("", "ab").marker.startsWith(toComment("", "a").marker));
  });

  it("fits into 65,536 characters, is cut at the end of a line, and says so", () => {
    const line = `| ${"x".repeat(97)} |\n`;
    const { body, marker } = toComment(line.repeat(700), "people/prod");
    assert.ok(body.length <= 65_536 && body.length > 65_200, `${body.length}`);
    assert.ok(body.startsWith(marker));
    assert.ok(body.endsWith("The job's output has all of the review.\n\nStack: `people/prod`\n"));
    const rows = body.split("\n").filter((row) => row.startsWith("|"));
    assert.ok(rows.every((row) => `${row}\n` === line));
  });

  it("is not cut as long as it fits", () => {
    const whole = toComment("a\nb\n", "s").body;
    assert.equal(toComment("a\nb\n", "s", whole.length).body, whole);
    assert.notEqual(toComment("a\nb\n", "s", whole.length - 1).body, whole);
  });
});

describe("the stack of a preview", () => {
  const step = (urn: string) => ({ op: "same", urn, diffReasons: [], replaceReasons: [] });
  const error = (urn?: string) => ({ urn, severity: "error", message: "no" });
  const urn = "urn:pulumi:prod::people::pulumi:pulumi:Stack::people-prod";
  const cases: [what: string, preview: Preview, expected?: string][] = [
    ["by its steps", { steps: [step(urn)], diagnostics: [] }, "people/prod"],
    ["by what failed", { steps: [], diagnostics: [error(), error(urn)] }, "people/prod"],
    ["of nothing", { steps: [], diagnostics: [error()] }],
  ];
  for (const [what, preview, expected] of cases) it(what, () => assert.equal(stackIn(preview), expected));
});
