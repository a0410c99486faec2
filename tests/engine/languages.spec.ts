import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "pulumi-engine";
import { Reader } from "../support/reader";

const PEOPLE = ["ada@acme.com", "grace@acme.com", "linus@acme.com"];

/** What an example of a language says in its output `output`, while all are waiting, and after Ada has signed up. */
interface Said {
  output: string;
  waiting: unknown;
  signedUp: unknown;
  /** What else it makes than invites. */
  makes?: string[];
}

const SAID: Partial<Record<Language, Said>> = {
  yaml: {
    output: "summary",
    waiting: { pending: 3, startsLater: 1 },
    signedUp: { accepted: 1, pending: 2, startsLater: 1 },
    makes: ["POST /organization/teams"],
  },
  // Go compiles it for a minute.
  go: { output: "summary", waiting: { pending: 3 }, signedUp: { accepted: 1, pending: 2 } },
  python: {
    output: "status",
    waiting: Object.fromEntries(PEOPLE.map((email) => [email, "pending"])),
    signedUp: Object.fromEntries(PEOPLE.map((email, index) => [email, index === 0 ? "accepted" : "pending"])),
  },
};

/** The life of a language's example, by its README: the same for all. Its links are kept, and stay secret. */
for (const [language, said] of Object.entries(SAID) as [Language, Said][])
  describe(`the example in ${language}, on the real engine${language === "go" ? " (nightly)" : ""}`, () => {
    let reader: Reader;
    beforeEach(async () => {
      reader = await Reader.of(language, language);
    });
    afterEach(() => reader.close());

    it("invites, finds nothing to do, looks, and revokes, as its README says, and no secret is in plain text", async () => {
      const { emulator, stack } = reader;
      stack.env = { ...stack.env, HEADSHOTPRO_KEEP_LINK: "true", HEADSHOTPRO_TODAY: "2026-11-30" };
      const texts: string[] = [];
      const follow = async (command: string) => {
        const outcome = await reader.follow(command);
        texts.push(outcome.printed);
        return outcome;
      };
      assert.deepEqual((await follow("preview")).emails, []);
      const up = await follow("up");
      assert.deepEqual([...up.emails].sort(), PEOPLE);
      const invited = Array(3).fill("POST /organization/invites");
      assert.deepEqual(sending(up.requests), [...(said.makes ?? []), ...invited]);
      const output = await stack.must("stack", "output", said.output, "--json");
      assert.deepEqual(JSON.parse(output.printed), said.waiting);
      assert.deepEqual(sending((await follow("up --expect-no-changes")).requests), []);
      const { text, resources } = await stack.export();
      assert.equal(resources.filter(({ outputs }) => outputs.link !== undefined).length, PEOPLE.length);

      emulator.accept("ada@acme.com");
      assert.deepEqual(sending((await follow("refresh")).requests), []);
      // A program's own outputs are of its last `up`.
      await stack.mustUp();
      assert.deepEqual(JSON.parse((await follow("stack output")).printed), said.signedUp);

      const destroy = await follow("destroy");
      assert.deepEqual(sending(destroy.requests), Array(3).fill("POST /organization/invites/revoke"));
      assert.deepEqual(new Set(Object.values(reader.statuses())), new Set(["revoked"]));
      await reader.end();

      const links = emulator.outbox.map(({ link }) => new URL(link).searchParams.get("invite") ?? link);
      assert.equal(links.length, PEOPLE.length);
      texts.push(text, ...writtenIn(stack.directory));
      for (const secret of [emulator.apiKey, ...links])
        assert.deepEqual(
          texts.filter((one) => one.includes(secret)),
          [],
        );
    });
  });

const sending = (requests: string[]) => requests.filter((request) => request.startsWith("POST"));

/** The state, its history and back-ups, the stack's configuration, the CLI's own folder. */
function writtenIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}
