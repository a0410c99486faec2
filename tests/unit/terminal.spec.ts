import assert from "node:assert/strict";
import { wantsColour } from "../../provider/src/cli/terminal";

it("colours are wanted in a terminal, unless the environment says otherwise", () => {
  const wanted = (isTTY: boolean, env: object) => wantsColour({ isTTY }, { ...env });
  assert.ok(wanted(true, {}) && wanted(false, { FORCE_COLOR: "1" }));
  for (const env of [{ TERM: "dumb" }, { FORCE_COLOR: "0" }, { NO_COLOR: "1", FORCE_COLOR: "1" }])
    assert.ok(!wanted(true, env), JSON.stringify(env));
  assert.ok(!wanted(false, {}));
});
