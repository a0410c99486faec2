import assert from "node:assert/strict";
import {
  isHtmlReport,
  olderThan,
  parseAge,
  toHtmlReport,
  toMarkdownReport,
  toStatusReport,
} from "../../provider/src/cli/status-report";

const NOW = new Date("2026-11-29T12:00:00Z");
const person = (email: string, status: string, teamName?: string, days?: number) => ({
  ...{ email, status, teamName },
  createdAt: days === undefined ? undefined : new Date(NOW.getTime() - days * 86_400_000).toISOString(),
});
const PEOPLE = [
  person("ada@acme.com", "pending", "Marketing", 20),
  person("bob@acme.com", "pending", "Sales", 14),
  person("cyd@acme.com", "pending", undefined, 13.9),
  person("dan@acme.com", "pending", "Sales"),
  person("eva@acme.com", "completed", "Sales", 90),
];

describe("a report of who has not answered", () => {
  it("has whoever is pending for so long, by the invite's date", () => {
    const days = ["14d", "2w", "0", "-1d", "14 days"].map(parseAge);
    assert.deepEqual(days, [14, 14, 0, undefined, undefined]);
    assert.equal(olderThan(PEOPLE, 14, NOW).length, 2);
    assert.equal(olderThan(PEOPLE, 0, NOW).length, 3);
  });

  it("counts people by team and status, and who waits the longest comes first", () => {
    const { teams, waiting } = toStatusReport(PEOPLE, NOW);
    assert.deepEqual(teams[0], { team: "Sales", people: 3, statuses: { completed: 1, pending: 2 } });
    const days = waiting.map(({ email, days }) => `${email} ${days}`);
    assert.deepEqual(days, ["ada@acme.com 20", "bob@acme.com 14", "cyd@acme.com 13"]);
  });

  it("is Markdown in which nobody is called, and nothing is markup", () => {
    const evil = person("@acme/everyone|<b>", "pending", "[x](http://evil)", 1);
    const text = toMarkdownReport(toStatusReport([evil], NOW), "1 person");
    assert.match(text, /^### HeadshotPro: 1 person\n/);
    assert.match(text, /\| `@acme\/everyone\\\|<b>` +\| `\[x\]\(http:\/\/evil\)` +\| 2026-11-28 \| 1 day/);
  });

  it("is a page in which names are text", () => {
    const evil = `"><img src=x onerror=alert(1)>`;
    const people = [person(evil, evil, evil, 1), person(evil, "pending", evil, 1)];
    const page = toHtmlReport(toStatusReport(people, NOW), evil, NOW);
    assert.doesNotMatch(page, /<img|<script/);
    assert.doesNotMatch(page, /https?:/);
    assert.ok(isHtmlReport(page));
    assert.ok(!isHtmlReport("<!doctype html>\n<title>Another's</title>"));
  });
});
