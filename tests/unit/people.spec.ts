import assert from "node:assert/strict";
import { personOf } from "../../provider/src/invite/email";
import { peopleByEmail } from "../../provider/src/invite/people";

interface Entry {
  email: string;
  status: string;
  createdAt?: string;
}

const entry = (status: string, createdAt?: string, email = "ada@acme.com"): Entry => ({
  email,
  status,
  createdAt,
});

const personIn = (entries: Entry[], email: string) => peopleByEmail(entries).get(personOf(email));

/** Of several entries, the last one is to stand for the person. */
const cases: [name: string, entries: Entry[], liveEntries: number][] = [
  ["the only one", [entry("pending")], 1],
  ["the only one, though it is over", [entry("revoked")], 0],
  ["the one among other people's", [entry("pending", undefined, "bob@acme.com"), entry("accepted")], 1],
  ["the one in the API's own spelling", [entry("pending", undefined, "  ADA@Acme.com")], 1],
  ["a live one before one that is over", [entry("revoked", "2026-12-01"), entry("pending", "2026-01-01")], 1],
  ["the newest live one", [entry("pending", "2026-01-01"), entry("accepted", "2026-02-01")], 2],
  ["the newest of those that are over", [entry("revoked", "2026-01-01"), entry("deleted", "2026-02-01")], 0],
  ["one with a date before one without", [entry("pending"), entry("pending", "2026-02-01")], 2],
  [
    "one with headshots before a newer one",
    [entry("pending", "2026-02-01"), entry("completed", "2026-01-01")],
    2,
  ],
  ["one with headshots before one with a date", [entry("accepted", "2026-02-01"), entry("generating")], 2],
  ["the newest with headshots", [entry("completed", "2026-01-01"), entry("uploading", "2026-02-01")], 2],
  ["an unknown status before a newer unused one", [entry("pending", "2026-12-01"), entry("Archived")], 2],
  [
    "an unknown status before what is over",
    [entry("deleted", "2026-12-01"), entry("Archived", "2026-01-01")],
    1,
  ],
  [
    "one with headshots, however many there are",
    [entry("revoked", "2026-06-01"), entry("pending", "2026-05-01"), entry("pending"), entry("completed")],
    3,
  ],
];

describe("peopleByEmail", () => {
  for (const [name, entries, liveEntries] of cases)
    it(`takes ${name}, in either order, and counts the live ones`, () => {
      const expected = { ...entries.at(-1), liveEntries };
      assert.deepEqual(personIn(entries, "ada@acme.com"), expected);
      assert.deepEqual(personIn(entries.toReversed(), "ada@acme.com"), expected);
    });

  it("one address in several spellings is one person", () => {
    const entries = [entry("completed"), entry("pending", "2026-12-01", "ADA@acme.com ")];
    assert.deepEqual([...peopleByEmail(entries)], [["ada@acme.com", { ...entries[0], liveEntries: 2 }]]);
  });

  it("takes the address in any spelling", () => {
    const entries = [entry("pending", undefined, "Zoe@Bücher.example")];
    for (const asked of ["zoe@xn--bcher-kva.example", " ZOE@bücher.example"])
      assert.deepEqual(personIn(entries, asked), { ...entries[0], liveEntries: 1 });
  });

  it("finds an address that we would not take, as it stands", () => {
    const entries = [
      entry("pending", undefined, "someone else"),
      entry("pending", undefined, "ada@intranet"),
    ];
    assert.equal(personIn(entries, "ada@intranet")?.email, "ada@intranet");
  });

  it("finds nobody in an empty list, or among others", () => {
    assert.equal(personIn([], "ada@acme.com"), undefined);
    assert.equal(personIn([entry("pending", undefined, "adа@acme.com")], "ada@acme.com"), undefined);
    assert.equal(personIn([entry("pending", undefined, "ada+x@acme.com")], "ada@acme.com"), undefined);
  });

  it("leaves the list and its entries as they are", () => {
    const entries = [entry("revoked"), entry("pending")];
    personIn(entries, "ada@acme.com");
    assert.deepEqual(entries, [entry("revoked"), entry("pending")]);
  });
});

describe("personOf", () => {
  it("is the canonical form if there is one", () => assert.equal(personOf(" Ada@Acme.com"), "ada@acme.com"));
  it("is the text in lower case otherwise", () => assert.equal(personOf(" Ada"), "ada"));
});
