import assert from "node:assert/strict";
import { peopleByEmail, personOf } from "../../provider/src/membership/people";

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

const entryOf = (entries: Entry[], email: string) => peopleByEmail(entries).get(personOf(email));

/** Of several entries, the last one is to be found. */
const cases: [name: string, entries: Entry[]][] = [
  ["the only one", [entry("pending")]],
  ["among others", [entry("pending", undefined, "bob@acme.com"), entry("accepted")]],
  ["in the API's own spelling", [entry("pending", undefined, "  ADA@Acme.com")]],
  ["a live one before one that is over", [entry("revoked", "2026-12-01"), entry("pending", "2026-01-01")]],
  ["the newest live one", [entry("pending", "2026-01-01"), entry("accepted", "2026-02-01")]],
  ["an unknown status counts as live", [entry("deleted", "2026-12-01"), entry("Archived", "2026-01-01")]],
  ["the newest of those that are over", [entry("revoked", "2026-01-01"), entry("deleted", "2026-02-01")]],
  ["one with a date before one without", [entry("pending"), entry("pending", "2026-02-01")]],
];

describe("peopleByEmail", () => {
  for (const [name, entries] of cases) {
    it(`finds ${name}, in either order`, () => {
      const expected = entries.at(-1);
      assert.equal(entryOf(entries, "ada@acme.com"), expected);
      assert.equal(entryOf(entries.toReversed(), "ada@acme.com"), expected);
    });
  }

  it("takes the address in any spelling", () => {
    const entries = [entry("pending", undefined, "Zoe@Bücher.example")];
    assert.equal(entryOf(entries, "zoe@xn--bcher-kva.example"), entries[0]);
    assert.equal(entryOf(entries, " ZOE@bücher.example"), entries[0]);
  });

  it("finds an address that we would not take, as it stands", () => {
    const entries = [
      entry("pending", undefined, "someone else"),
      entry("pending", undefined, "ada@intranet"),
    ];
    assert.equal(entryOf(entries, "ada@intranet"), entries[1]);
  });

  it("finds nobody in an empty list, or among others", () => {
    assert.equal(entryOf([], "ada@acme.com"), undefined);
    assert.equal(entryOf([entry("pending", undefined, "adа@acme.com")], "ada@acme.com"), undefined);
    assert.equal(entryOf([entry("pending", undefined, "ada+x@acme.com")], "ada@acme.com"), undefined);
  });

  it("leaves the list in its order", () => {
    const entries = [entry("revoked"), entry("pending")];
    entryOf(entries, "ada@acme.com");
    assert.equal(entries[0]?.status, "revoked");
  });
});

describe("personOf", () => {
  it("is the canonical form where there is one", () =>
    assert.equal(personOf(" Ada@Acme.com"), "ada@acme.com"));
  it("is the text itself otherwise", () => assert.equal(personOf("Ada"), "Ada"));
});
