import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { formatOf, readRoster } from "../../provider/src/roster/load";

const FOLDER = resolve(__dirname, "../fixtures/rosters");

/** A product's export, and what a reader is told of it. */
const EXPORTS: [string, string[]][] = [
  [
    "entra-group-members.csv",
    [
      'the e-mail is read from the column "userPrincipalName"',
      "columns ignored: id, displayName, objectType, userType, isUser, isGroup, isGuest",
    ],
  ],
  [
    "entra-users.csv",
    [
      'the e-mail is read from the column "mail", and if that is empty from "userPrincipalName"',
      "columns ignored: displayName, surname, givenName, id, userType, jobTitle, department, accountEnabled",
    ],
  ],
  [
    "okta-users.csv",
    [
      'the e-mail is read from the column "email", and if that is empty from "login"',
      "columns ignored: firstName, lastName, status",
    ],
  ],
  [
    "okta-group-membership.csv",
    [
      'the e-mail is read from the column "Okta username"',
      "columns ignored: Group, User, Okta user status, Group membership type",
    ],
  ],
  [
    "google-group.csv",
    [
      'the e-mail is read from the column "Member Email"',
      "columns ignored: Group Email [Required], Member Name, Member Role, Member Type",
    ],
  ],
  ["excel-semicolons.csv", ['the e-mail is read from the column "E-mail Address"', "columns ignored: Name"]],
];

describe("rosters as other products write them", () => {
  for (const [name, notes] of EXPORTS) {
    it(name, () => {
      const bytes = readFileSync(resolve(FOLDER, name));
      const reading = readRoster(bytes, { name, format: "csv" });
      assert.deepEqual(reading.problems, []);
      assert.deepEqual(
        reading.members.map(({ email }) => email),
        ["ada@acme.com", "grace@acme.com"],
      );
      assert.deepEqual(reading.notes, notes);
    });
  }

  it("tells the physical line after a quoted line break and a cleared row", () => {
    const bytes = readFileSync(resolve(FOLDER, "excel-semicolons.csv"));
    const { members } = readRoster(bytes, { name: "people.csv", format: "csv" });
    assert.deepEqual(members, [
      { email: "ada@acme.com", teamId: "team_abc123", where: "people.csv:2" },
      { email: "grace@acme.com", teamId: "team_xyz789", where: "people.csv:4" },
    ]);
  });

  const FORMATS: [string, string | undefined][] = [
    ["people.csv", "csv"],
    ["People.TSV", "csv"],
    ["a.b/people.yaml", "yaml"],
    ["people.yml", "yaml"],
    ["people.json", "yaml"],
    ["people.xlsx", undefined],
    ["csv", undefined],
  ];
  for (const [name, format] of FORMATS) {
    it(`${name} is ${format ?? "of no known format"}`, () => assert.equal(formatOf(name), format));
  }
});
