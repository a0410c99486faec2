import assert from "node:assert/strict";
import { withSecrets } from "../../provider/src/provider/outputs";

describe("withSecrets", () => {
  it("marks a link as the engine marks secrets", () => {
    const link = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value: "https://link",
    };
    assert.deepEqual(withSecrets({ email: "a@b.co", link: "https://link" }), { email: "a@b.co", link });
  });

  it("adds nothing if there is none", () => {
    assert.deepEqual(withSecrets({ email: "a@b.co" }), { email: "a@b.co" });
  });
});
