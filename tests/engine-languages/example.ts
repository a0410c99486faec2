import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "pulumi-engine";
import { Reader } from "../support/reader";

const PEOPLE = ["ada@acme.com", "grace@acme.com", "linus@acme.com"];

/** What an example of a language says in its output `output`, while all are waiting, and after Ada has signed up. */
export interface Said {
  output: string;
  waiting: unknown;
  signedUp: unknown;
}

/** The life of the example of a language, by its README: the same for all. */
export function describeExample(language: Language, said: Said): void {
  const it_ = readerForEach(language);

  it("invites, finds nothing to do, looks, and revokes, as its README says", async () => {
    const { reader } = it_;
    const { emulator, stack } = reader;
    const outputOf = async () => JSON.parse((await reader.follow("stack output")).printed);
    assert.deepEqual((await reader.follow("preview")).emails, []);
    const up = await reader.follow("up");
    assert.deepEqual([...up.emails].sort(), PEOPLE);
    assert.deepEqual(sending(up.requests), Array(3).fill("POST /organization/invites"));
    const output = await stack.must("stack", "output", said.output, "--json");
    assert.deepEqual(JSON.parse(output.printed), said.waiting);
    assert.deepEqual(sending((await reader.follow("up --expect-no-changes")).requests), []);

    emulator.accept("ada@acme.com");
    assert.deepEqual(sending((await reader.follow("refresh")).requests), []);
    // A program's own outputs are of its last `up`.
    await stack.must("up", "--yes", "--skip-preview");
    assert.deepEqual(await outputOf(), said.signedUp);

    const destroy = await reader.follow("destroy");
    assert.deepEqual(sending(destroy.requests), Array(3).fill("POST /organization/invites/revoke"));
    assert.deepEqual(new Set(Object.values(reader.statuses())), new Set(["revoked"]));
    await reader.end();
  });
}

/** What the example of a language leaves in plain text: nothing that is a secret. */
export function describeSecrets(language: Language): void {
  const it_ = readerForEach(language);

  it("leaves neither the key nor a link that is kept in plain text, in whatever is printed or written", async () => {
    const { reader } = it_;
    const { emulator, stack } = reader;
    stack.env = { ...stack.env, HEADSHOTPRO_KEEP_LINK: "true" };
    const printed = [
      await reader.follow("preview"),
      await reader.follow("up"),
      await reader.follow("up --expect-no-changes"),
      await reader.follow("refresh"),
      await reader.follow("stack output"),
      await stack.must("stack", "export"),
    ].map((outcome) => outcome.printed);
    const { resources } = await stack.export();
    const links = resources.filter(({ outputs }) => outputs.link !== undefined);
    assert.equal(links.length, PEOPLE.length, "else there would be nothing to find");
    printed.push((await reader.follow("destroy")).printed);

    const keys = emulator.outbox.map(({ link }) => new URL(link).searchParams.get("invite") ?? link);
    assert.equal(keys.length, PEOPLE.length);
    const texts = [...printed, ...writtenIn(stack.directory)];
    for (const secret of [emulator.apiKey, ...keys])
      assert.deepEqual(
        texts.filter((text) => text.includes(secret)),
        [],
      );
  });
}

function readerForEach(language: Language): { reader: Reader } {
  const kept = {} as { reader: Reader };
  beforeEach(async () => {
    kept.reader = await Reader.of(language, language);
  });
  afterEach(() => kept.reader.close());
  return kept;
}

const sending = (requests: string[]) => requests.filter((request) => request.startsWith("POST"));

/** The state, its history and back-ups, the stack's configuration, the CLI's own folder. */
function writtenIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}
