import assert from "node:assert/strict";
import { holds, tableOf } from "../../bench/table";

describe("the bench's table", () => {
  for (const { value, bound, kept } of [
    { value: 1.1, bound: 1.1, kept: true },
    { value: 1.1001, bound: 1.1, kept: false },
    { value: 0, bound: 0, kept: true },
    { value: 1, bound: 0, kept: false },
    { value: Number.NaN, bound: 1, kept: false },
    { value: undefined, bound: 1, kept: false },
    { value: 7, bound: undefined, kept: undefined },
  ])
    it(`${value} under a bound of ${bound}: ${kept ?? "nothing was promised"}`, () =>
      assert.equal(holds({ budget: "b", measured: "m", value, bound }), kept));

  it("is Markdown with aligned columns, a mark for each bound, and ratios never rounded in our favour", () =>
    assert.equal(
      tableOf([
        { budget: "up of 1,000", measured: "36.1 s against 32.8 s", value: 1.1004, bound: 1.1 },
        { budget: "requests", measured: "1003", value: 1003, bound: 1003 },
        { budget: "told", measured: "7 MiB" },
      ]),
      [
        "| budget      | measured              | ratio | bound   |   |",
        "| ----------- | --------------------- | ----- | ------- | - |",
        "| up of 1,000 | 36.1 s against 32.8 s | 1.11  | ≤ 1.10  | ✖ |",
        "| requests    | 1003                  | 1,003 | ≤ 1,003 | ✔ |",
        "| told        | 7 MiB                 |       |         |   |",
      ].join("\n"),
    ));
});
