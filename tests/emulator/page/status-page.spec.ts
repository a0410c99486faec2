import assert from "node:assert/strict";
import { toHtmlReport, toStatusReport } from "../../../provider/src/cli/status-report";
import { browserForAll } from "./pages";

const NOW = new Date("2026-11-29T12:00:00Z");
/** Runs if anything takes it for markup. */
const EVIL = `"><img src=x onerror="alert('it ran')"><script>alert("it ran")</script>`;

describe("the page that status --html writes", () => {
  const open = browserForAll();
  const people = ["Design", "Growth", EVIL].flatMap((teamName, team) =>
    ["pending", "accepted", "completed", EVIL].map((status, index) => ({
      email: `person${index}.with.a.very.long.address@team${team}.acme.example`,
      ...{ status, teamName, createdAt: "2026-11-01T09:00:00Z" },
    })),
  );
  const page = toHtmlReport(toStatusReport(people, NOW), "12 people", NOW);

  for (const colorScheme of ["light", "dark"] as const)
    for (const width of [360, 1200])
      it(`is readable in the ${colorScheme}, ${width} pixels wide, and runs and asks for nothing`, async () => {
        const window = await open({ colorScheme, viewport: { width, height: 700 } });
        const complaints: string[] = [];
        const asked: string[] = [];
        window.on("dialog", (dialog) => void complaints.push(dialog.message()));
        window.on("console", (message) => void complaints.push(message.text()));
        window.on("request", (request) => void asked.push(request.url()));
        await window.setContent(page);
        assert.equal(await window.locator("table.teams tbody tr").count(), 3);
        const name = await window.locator("table.teams tbody tr:nth-child(3) th").textContent();
        assert.ok([EVIL, "Growth", "Design"].includes(name ?? ""));
        assert.equal(await window.locator("img, script").count(), 0);
        const wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth";
        assert.equal(await window.evaluate(wide), false, "nothing is beside the screen");
        const bar = await window.locator(".bar").first().boundingBox();
        assert.ok(bar && bar.width > 50 && bar.height > 10);
        const [text, ground] = (await window.evaluate(
          "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]",
        )) as string[];
        assert.notEqual(text, ground);
        assert.deepEqual([complaints, asked], [[], []]);
      });
});
