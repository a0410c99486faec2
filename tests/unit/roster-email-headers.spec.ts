import assert from "node:assert/strict";
import { readRoster } from "../../provider/src/roster/load";
import { problemLines } from "../../provider/src/roster/validate";

const csv = (text: string) => readRoster(Buffer.from(text), { name: "p.csv", format: "csv" });

/** A header of each language, with a slash between. */
const HEADERS =
  "E-Mail-Adresse/Mailadresse/Adresse e-mail/Courriel/Adresse électronique/Mél/Correo electrónico/Correo/" +
  "Indirizzo di posta elettronica/Correio eletrónico/Endereço eletrônico/E-mailadres/E-post/Epostadresse/Mejladress/" +
  "E-mail-adresse/Sähköpostiosoite/Netfang/Tölvupóstfang/Adres poczty elektronicznej";

/** Whose addresses these are is not known by a list: relatives, roles and languages never end. */
const ELSE =
  "E-Mail Führungskraft/Wife email/CC email/Employer email/Guardian of participant email/Old email";

/** Words for the people themselves, or such as say nothing of whose it is. */
const THEIRS =
  "Employee email/employeeemail/Work Contact: Work Email/Email 1/What is your email address?/E-Mail (neu)/" +
  "E-Mail Mitarbeiter:innen/E-mail de l'employé/社員メールアドレス/E-mail сотрудника/Email perso";

const NOT_THEIRS = "Courriel du gestionnaire professionnel/Company contact email/Sent by email/Reports to";

/** Of a header and one row, whose address is read. */
const READ: [header: string, row: string, email?: string][] = [
  // Work and SMTP before plain, wherever they stand.
  ["First name,Email,Work email", "Ada,ada@gmail.com,ada@acme.com"],
  ["E-Mail privat,Firmen-Mail", "ada@gmx.de,ada@acme.com"],
  ["Почта,Рабочая почта", "ada@mail.ru,ada@acme.com"],
  ["userPrincipalName,Primary SMTP address", "al@acme.com,ada@acme.com"],
  ["Służbowy adres e-mail,E-mail", "ada@acme.com,ada@wp.example"],
  ["メールアドレス,会社メール", "ada@me.example,ada@acme.com"],
  ["workEmail,Job email", "ada@acme.com,ADA@acme.com"],
  ["Email,Work email address", "ada@lovelace.example,ada@acme.com"],
  // Plain before names to sign in with.
  ["Email,Office 365 login email", "ada@acme.com,al@acme.com"],
  ["mail,userPrincipalName", "ada@acme.com,al@corp.acme.com"],
  ["mail,userPrincipalName", "ada@acme.com,al@acme.local"],
  ["Username,Login,Email", "al@acme.com,al@acme.com,ada@acme.com"],
  ["userPrincipalName,mail", "ada@acme.onmicrosoft.com,ada@gmail.com", "ada@gmail.com"],
  // Whatever has "mail" in it, and addresses below.
  ...THEIRS.split("/").map((header): [string, string] => [`Name,${header}`, "Ada,ada@acme.com"]),
  ["Photographer email,Participant email", "ada@acme.com,ada@acme.com"],
  ["Name,Email (Okta),login", "Ada,ada@acme.com,al@acme.com"],
  ["Name,Personal email", "Ada,ada@gmail.com", "ada@gmail.com"],
  ["Email opt-in,Contact e-mail", "yes,ada@acme.com"],
  // The addresses of somebody else, and further ones.
  ...NOT_THEIRS.split("/").map((header): [string, string] => [
    `Email,${header}`,
    "ada@acme.com,boss@acme.com",
  ]),
  ["Email,Notification email", "ada@acme.com,ada@gmail.com"],
  ["Manager email,Email", "boss@acme.com,ada@acme.com"],
  ["Email Address [Required],Recovery Email", "ada@acme.com,ada@gmail.com"],
  ["userPrincipalName,Other mails", "a@acme.onmicrosoft.com,a@gmail.com", "a@acme.onmicrosoft.com"],
  // The same person in two columns.
  ["Email,Personal email", "ada@acme.com, ADA@acme.com"],
  ["email,email", "ada@acme.com,ADA@acme.com "],
  ["email,login,login", "ada@acme.com,a@acme.com,b@acme.com"],
  // Another column where the best one is empty.
  ["email,email", ",ada@acme.com"],
  ["mail,userPrincipalName", ",ada@acme.com"],
  ["Work email,Email", ",ada@acme.com"],
  ["会社メール,メールアドレス", ",ada@acme.com"],
  ["mail,userPrincipalName", ",ada@acme.onmicrosoft.com", "ada@acme.onmicrosoft.com"],
];

const WRONG: [header: string, row: string, problem: RegExp][] = [
  // Two columns of one rank, or one that no rule puts below the other.
  ["Email,E-mail Address", "a@acme.com,b@acme.com", /"Email" \(1\) and "E-mail Address" \(2\) may both/],
  ["Work email,SMTP", "a@acme.com,b@acme.com", /may both be meant, and differ: "a@acme\.com" and "b@/],
  ["Email,userPrincipalName", "ada@lovelace.example,ada@acme.com", /may both be meant/],
  ["Email,login", "a@gmail.com,a@acme.com", /"Email" \(1\) and "login" \(2\) may both be meant/],
  ["Email,Soukromý e-mail", "a@acme.com,b@acme.com", /may both be meant/],
  ["Email,E-Mail privat", "a@acme.com,a@gmx.de", /: columns: \{ email: "Email" \} or columns: \{ email: "E/],
  ["email,login,login", ",a@acme.com,b@acme.com", /may both be meant/],
  ["email,Name,email", "ada@acme.com,Ada,bob@acme.com", /Remove one of the two columns, or make them equal$/],
  // Further columns whose wording is not known, or says no more than that they are further ones.
  ...["Céges e-mail cím", "Email công việc", "البريد الإلكتروني للعمل", "Contact", "Primary mailbox"].map(
    (header): [string, string, RegExp] => [
      `Email,${header}`,
      "ada@lovelace.example,ada@acme.com",
      /^the columns "Email" \(1\) and ".*" \(2\) may both be meant, and differ/,
    ],
  ),
  ["Photographer email,login", "p@acme.com,ada@acme.com", /^the columns "login" \(2\) and "Ph/],
  ["Work Secondary Email,Email Address [Required]", "al@acme.com,ada@acme.com", /may both be meant/],
  ["Email,Office mailbox", "ada@gmail.com,Ada <ada@acme.com>", /may both be meant/],
  ["Email,", "ada@gmail.com,ada@acme.com", /"Email" \(1\) and "" .* meant: columns: \{ email: "Email" \}$/],
  ["Email,Proxy addresses", "ada@gmail.com,SMTP:ada@acme.com", /may both be meant/],
  // Addresses of somebody else, alone.
  ...NOT_THEIRS.split("/").map((header): [string, string, RegExp] => [
    `Name,${header}`,
    "Ada,boss@acme.com",
    /^there is no e-mail column: name one of them "email"\. The columns found: "Name", "[^"]*"$/,
  ]),
  ["Name,Alternate email", "Ada,ada@acme.com", /^there is no e-mail column.* The columns found: .*"$/],
  // Addresses whose they are is not known.
  ...ELSE.split("/").map((header): [string, string, RegExp] => [
    `Name,${header}`,
    "Ada,boss@acme.com",
    /^there is no e-mail column that is surely the people's own: .*, as "boss@acme\.com" in line 2, and may be somebody else's: rename it, or say columns: \{ email: "[^"]+" \}$/,
  ]),
  [
    "Name,Client email,Photographer email",
    "Ada,c@acme.com,\nBob,c@acme.com,p@acme.com",
    /Addresses stand in "Photographer email", as "p@acme\.com" in line 3/,
  ],
  ["Name,", "Ada,ada@acme.com", /Addresses stand in "": rename it$/],
  ["A,B", "ada@acme.com,b@acme.com", /Addresses stand in "A" and "B": rename the one that is meant, or/],
  ["Alternate email,Contact", "a@gmx.de,a@b.com", /Addresses stand in "Contact": rename it/],
  // Another kind of address in the place of an empty cell.
  ["mail,userPrincipalName", "a@acme.com,\n,b@acme.onmicrosoft.com", /"mail" is empty here, .* to sign/],
  ["Work email,Email", "a@acme.com,\n,b@lovelace.example", /and "b@love.* looks like the person's own/],
  ["Work email,Email", ",a@gmail.com", /"Work email" is empty here, and "a@gmail\.com" looks like the/],
  ["Work email,Personal email", ",a@gmail.com", /^it is missing$/],
  ["Email,Manager email", ",boss@acme.com", /^it is missing$/],
  ["userPrincipalName,mail", "a_b.org#EXT#@acme.onmicrosoft.com,", /the sign-in name of a guest at Entra/],
];

describe("the column of the address", () => {
  it("is known by its name in many languages, in any case and however its accents are written", () => {
    for (const header of HEADERS.split("/"))
      for (const written of [header, header.toUpperCase(), header.normalize("NFD")])
        assert.equal(csv(`Nom;${written}\nAda;ada@acme.com\n`).members[0]?.email, "ada@acme.com", written);
  });

  for (const [header, row, email = "ada@acme.com"] of READ)
    it(`of ${header} with ${row} is that of ${email}`, () => {
      const { members, problems } = csv(`${header}\n${row}\n`);
      assert.deepEqual(problems, []);
      assert.equal(members[0]?.email, email);
    });

  for (const [header, row, problem] of WRONG)
    it(`of ${header} with ${row} is a problem`, () => {
      const { problems } = csv(`${header}\n${row}\n`);
      assert.equal(problems.length, 1);
      assert.match(problems[0]?.reason ?? "", problem);
    });

  it("is told once, with the first row in which two columns differ, and how many more there are", () => {
    const text =
      "Name,Email,E-Mail\nAda,ada@acme.com,\nBob,bob@acme.com,b@acme.com\nZoe,zoe@acme.com,z@acme.com\n";
    assert.deepEqual(problemLines(csv(text).problems), [
      'p.csv:3  Email  the columns "Email" (2) and "E-Mail" (3) may both be meant, and differ: "bob@acme.com" and ' +
        '"b@acme.com" (and in 1 more row). Say which one is meant: columns: { email: "Email" } or columns: { email: "E-Mail" }',
    ]);
    const asked = { name: "p.csv", format: "csv", columns: { email: "Email" } } as const;
    const { problems, members } = readRoster(Buffer.from(text), asked);
    assert.deepEqual([problems, members.length], [[], 3]);
  });

  it("is told where it is not called email, with the columns that are read if it is empty", () => {
    const { notes } = csv(
      "Login,Email,Work email,Personal email\na@acme.com,a@acme.com,a@acme.com,a@acme.com\n",
    );
    assert.deepEqual(notes, [
      'the e-mail is read from the column "Work email", and if that is empty from "Email", then "Login"',
      "columns ignored: Personal email",
    ]);
  });
});
