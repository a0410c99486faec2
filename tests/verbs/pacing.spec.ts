import assert from "node:assert/strict";
import { halfIsTaken, type LimitTrial, limitChanges, runTrial } from "../../bench/limits";

/** What fits, fits: nobody fails, and hardly a request is refused. The time is the bench's to judge. */
describe("pacing by the API's headers, in windows of 1.5 s", () => {
  const short = { people: 60, limit: 20, windowSeconds: 1.5 };
  const trials: [trial: Pick<LimitTrial, "trial" | "work"> & Partial<LimitTrial>, refused: number][] = [
    [{ trial: "60 invites", work: "create" }, 2],
    [{ trial: "60 invites one by one", work: "create one by one" }, 2],
    [{ trial: "60 people refreshed", work: "refresh" }, 0],
    [{ trial: "60 revokes", work: "destroy" }, 2],
    [
      {
        trial: "invites while another client takes half",
        work: "create",
        meanwhile: halfIsTaken,
        people: 40,
      },
      12,
    ],
    [
      { trial: "invites while the limit changes", work: "create", meanwhile: limitChanges, changesAfter: 30 },
      4,
    ],
  ];
  for (const [trial, refused] of trials)
    it(`${trial.trial}: all of them, and at most ${refused} refusals`, async () => {
      const row = await runTrial({ ...short, ...trial });
      assert.equal(row.failed, 0);
      assert.ok(row.refused <= refused, `${row.refused} refused`);
    });

  for (const rateLimitHeaders of ["lying", false] as const)
    it(`headers that are ${rateLimitHeaders || "missing"} make nobody fail`, async () => {
      const row = await runTrial({
        ...short,
        trial: "",
        work: "create",
        people: 30,
        options: { rateLimitHeaders },
      });
      assert.equal(row.failed, 0);
    });
});
