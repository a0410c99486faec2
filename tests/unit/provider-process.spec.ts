import assert from "node:assert/strict";
import { ProviderProcess } from "../support/provider-process";

describe("a provider process that dies at its start", () => {
  it("is told at once, with what it printed", () =>
    assert.rejects(
      ProviderProcess.start({ NODE_OPTIONS: "--require ./not-there.cjs" }),
      /the provider process ended \(1\) at its start:\n(.*\n)*.*Cannot find module '\.\/not-there\.cjs'/,
    ));
});
