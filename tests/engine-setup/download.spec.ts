import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { install, reach } from "../../engine/src/official-download";
import { Machine } from "./fakes";

describe("engine setup: the official download", () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
  });
  afterEach(() => machine.dispose());

  /** The real Automation API in its own process, with the network replaced by `reply`. */
  const environment = (reply: string): NodeJS.ProcessEnv => {
    const stub = machine.file("network.js");
    writeFileSync(stub, `globalThis.fetch = async (url) => (${reply});`);
    return { ...process.env, NODE_OPTIONS: `--require ${stub}` };
  };

  it("lets the Automation API run the official script, for that version and that directory", async () => {
    const official = [
      `echo "$*" > ${machine.file("arguments")}`,
      'mkdir -p "$3/bin"',
      "printf '#!/bin/sh\\necho v3.257.0\\n' > \"$3/bin/pulumi\"",
      'chmod 755 "$3/bin/pulumi"',
    ].join("\n");
    const reply = `{ ok: url === "https://get.pulumi.com/install.sh", text: async () => ${JSON.stringify(official)} }`;
    await install("3.257.0", machine.file("root"), environment(reply));
    assert.equal(
      machine.read("arguments"),
      `--no-edit-path --install-root ${machine.file("root")} --version 3.257.0\n`,
    );
  });

  it("gives the reason in one line where the host says no", async () => {
    const env = environment('{ ok: false, status: 403, statusText: "Forbidden" }');
    await assert.rejects(install("3.257.0", machine.file("root"), env), {
      message: "Failed to download https://get.pulumi.com/install.sh: 403 Forbidden",
    });
  });

  it("gives the script's own reason in one line where that fails", async () => {
    const env = environment('{ ok: true, text: async () => "echo noise; echo disk full >&2; exit 3" }');
    await assert.rejects(install("3.257.0", machine.file("root"), env), { message: "disk full" });
  });

  it("knows soon whether a host can be reached", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await reach("127.0.0.1", port);
    server.close();
    await once(server, "close");
    await assert.rejects(reach("127.0.0.1", port), /127\.0\.0\.1 cannot be reached \(ECONNREFUSED\)/);
    await assert.rejects(reach("nowhere.invalid", 443, 0), /nowhere\.invalid cannot be reached/);
  });
});
