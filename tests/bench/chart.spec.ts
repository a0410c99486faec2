import assert from "node:assert/strict";
import { barChart } from "../../bench/chart";

const chart = barChart("ours ÷ <floor>", [
  {
    label: "1,000 people",
    bars: [
      { label: "up", value: 1.05, bound: 1.1 },
      { label: "destroy", value: 2, bound: 1.5 },
      { label: "not measured", value: Number.NaN },
    ],
  },
]);
const all = (pattern: RegExp) => [...chart.matchAll(pattern)].map(([, text]) => text);

describe("barChart", () => {
  it("draws a bar for each value, as long as the value is large", () =>
    assert.deepEqual(all(/<rect[^>]* width="([\d.]+)"/g), ["194.3", "370"]));

  it("tells bars beyond their bounds", () => assert.deepEqual(all(/<rect class="(\w+)"/g), ["bar", "over"]));

  it("marks each bound, and 1", () => {
    assert.deepEqual(all(/<line class="bound" x1="([\d.]+)"/g), ["533.5", "607.5"]);
    assert.deepEqual(all(/<line class="one" x1="([\d.]+)"/g), ["515"]);
  });

  it("leaves out what was not measured", () => assert.doesNotMatch(chart, /not measured|NaN/));

  it("escapes texts", () => assert.match(chart, />ours ÷ &lt;floor&gt;</));

  it("has colours for a light page and for a dark one", () =>
    assert.match(chart, /prefers-color-scheme: dark/));

  it("draws nothing of nothing", () => assert.doesNotMatch(barChart("none", []), /<rect|NaN/));
});
