import { strict as assert } from "node:assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Emulator, startEmulator } from "headshotpro-emulator";
import { NO_LIMIT } from "../support/constants";
import type { Face, ProgramLanguage } from "../support/program";
import { type BehindProxy, behindProxy, HOST, PASSWORDS } from "../support/proxy";
import { TestStack } from "../support/stack";

const PEOPLE = Array.from({ length: 200 }, (_, n) => `person${n + 1}@acme.com`).sort();

interface Way {
  face: Face;
  language: ProgramLanguage;
  program: string;
  variable: string;
}

const WAYS: Way[] = [
  {
    face: "dynamic",
    language: "javascript",
    program: 'exports.summary = new HeadshotRoster("people", { file: "people.csv" }).summary;',
    variable: "HTTPS_PROXY",
  },
  {
    face: "plugin",
    language: "yaml",
    program:
      'resources: { people: { type: "headshotpro:HeadshotRoster", properties: { file: people.csv } } }\n',
    // gRPC follows this name, and the engine on this machine is to be reached all the same.
    variable: "https_proxy",
  },
];

describe("through a proxy that needs a password, over connections that are cut, on the real engine", () => {
  let api: Emulator;
  let way: BehindProxy;
  let stack: TestStack;
  beforeEach(async () => {
    api = await startEmulator({ rateLimit: NO_LIMIT });
    way = await behindProxy(api);
  });
  afterEach(async () => {
    await stack.remove();
    await way.close();
    await api.close();
  });

  for (const { face, language, program, variable } of WAYS)
    it(`200 people get 200 e-mails, and no output has a secret: ${variable}, ${language}`, async () => {
      const { HTTPS_PROXY, ...env } = way.env;
      // By person and not by connection: an invite that is cut three times is given up, rightly.
      const cut = new Set<string>();
      way.cutRequest = ({ method, path, body }) => {
        const email = PEOPLE.find((person) => `${decodeURIComponent(path)}${body}`.includes(person));
        const request = `${method} ${email}`;
        if (email === undefined || cut.has(request)) return undefined;
        cut.add(request);
        return PEOPLE.indexOf(email) % 2 ? "before" : "after";
      };
      const all = { ...env, [variable]: HTTPS_PROXY };
      stack = await TestStack.create(api, { language, face, program, env: all });
      await writeFile(join(stack.project, "people.csv"), `email\n${PEOPLE.join("\n")}\n`);

      const up = await stack.up("--debug");
      assert.equal(up.code, 0, up.printed);
      assert.deepEqual([...up.emails].sort(), PEOPLE);
      for (const email of PEOPLE) assert.ok(cut.has(`POST ${email}`), email);
      assert.deepEqual([...new Set(way.proxy.asked)], [`${HOST}:443`]);

      way.options.refusal = "502 Bad Gateway";
      way.proxy.hangUp();
      const refresh = await stack.refresh("--debug");
      assert.notEqual(refresh.code, 0);
      assert.match(refresh.printed, /the proxy http:\/\/127\.0\.0\.1:\d+ of \w+ answers 502 Bad Gateway/);
      const { text, resources } = await stack.export();
      assert.equal(resources.filter(({ type }) => type.endsWith("HeadshotInvite")).length, 200);

      const told = [up.printed, refresh.printed, text].join("\n");
      for (const secret of [api.apiKey, ...PASSWORDS]) assert.ok(!told.includes(secret));
      assert.ok(!way.proxy.read().includes(api.apiKey));
    });
});
