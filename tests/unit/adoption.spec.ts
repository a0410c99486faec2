import assert from "node:assert/strict";
import { refusalToAdopt } from "../../provider/src/invite/guard";

const ALREADY_THERE =
  "is already in the organization and has headshots (STATUS), so this stack does not adopt them: " +
  "a later destroy would concern real headshots. To manage this person: set adopt: true. " +
  "To leave the person alone: remove the resource from the program.";
const FORBIDDEN =
  "is already invited (STATUS), and adopt: false does not allow this stack to adopt them. " +
  "To manage this person: leave adopt out. To send a new invite: revoke the old one first.";

const unused = ["pending", "accepted"];
const guarded = ["uploading", "generating", "completed", "Archived", "", "Pending"];

/** The whole table; `undefined` is adopted. */
function expected(status: string, adopt: boolean | undefined, replyLost: boolean): string | undefined {
  if (guarded.includes(status)) return adopt === true ? undefined : ALREADY_THERE;
  return adopt === false && !replyLost ? FORBIDDEN : undefined;
}

describe("refusalToAdopt", () => {
  for (const status of [...unused, ...guarded])
    for (const adopt of [undefined, true, false])
      for (const replyLost of [false, true]) {
        const refusal = expected(status, adopt, replyLost);
        const how = replyLost ? "after a lost reply" : "found";
        it(`"${status}" ${how}, adopt ${adopt}: ${refusal ? "left alone" : "adopted"}`, () =>
          assert.equal(
            refusalToAdopt("ada@acme.com", status, adopt, replyLost),
            refusal && `ada@acme.com ${refusal.replace("STATUS", status)}`,
          ));
      }
});
