import assert from "node:assert/strict";
import { readRoster } from "../../provider/src/roster/load";
import { problemLines } from "../../provider/src/roster/validate";

const csv = (text: string) => readRoster(Buffer.from(text), { name: "p.csv", format: "csv" });

/** By language, with a slash between. */
const HEADERS: Record<string, string> = {
  German: "E-Mail-Adresse/E-Mailadresse/Mailadresse/E-Mail (geschäftlich)/Geschäftliche E-Mail",
  French: "Adresse e-mail/Adresse mail/Courriel/Adresse électronique/Adresse de messagerie/Mél",
  Spanish: "Correo electrónico/correo electronico/Dirección de correo electrónico/Correo",
  Italian: "Indirizzo e-mail/Indirizzo di posta elettronica/Posta elettronica",
  Portuguese: "Correio eletrónico/Endereço de e-mail/Endereço eletrônico/Correio eletrônico",
  Dutch: "E-mailadres/Mailadres/E-mail adres",
  Swedish: "E-post/E-postadress/Epost/Mejladress",
  Norwegian: "E-postadresse/Epostadresse",
  Danish: "E-mailadresse/E-mail-adresse",
  Finnish: "Sähköposti/Sähköpostiosoite",
  Icelandic: "Netfang/Tölvupóstfang",
  Polish: "Adres e-mail/Adres poczty elektronicznej",
};

describe("the e-mail column is known by its name in many languages", () => {
  for (const [language, headers] of Object.entries(HEADERS))
    it(language, () => {
      for (const header of headers.split("/"))
        for (const written of [header, header.toUpperCase(), header.normalize("NFD")])
          assert.equal(csv(`Nom;${written}\nAda;ada@acme.com\n`).members[0]?.email, "ada@acme.com", written);
    });
});

const UNKNOWN =
  "İş e-postası/Céges e-mail cím/Pracovní e-mail/E-mail de serviciu/Εταιρικό email/Email công việc/" +
  "البريد الإلكتروني للعمل/Courriel pro/Mail pro/Employee email/Official email/Internal email/Notification email/Contact/" +
  "Participant e-mail address/Courriel (nouveau)/Primary mailbox";

/** Whose addresses these are is not known by a list: relatives, roles and languages never end. */
const ELSE =
  "E-Mail Führungskraft/E-mail leidinggevende/Email responsabile/Email du tuteur/Wife email/Guardian email/" +
  "Next of kin email/Mentor email/Buddy email/HRBP email/Sales rep email/Vendor email/CC email/Photographer email/" +
  "Employer email/Email del empleador/Werkgever e-mail/Staffing email/Guardian of participant email/" +
  "Guardian personal email/Notification email/Old email";

/** Words for the people themselves, or such as say nothing of whose it is. */
const THEIRS =
  "Employee email/employee_email/employeeemail/Staff email/Attendee Email/Student email/Official Email ID/Candidate email/" +
  "Contact e-mail/Invitee's email/Recipient email/Work Contact: Work Email/Preferred email/Email 1/E-mails/Email addresses/" +
  "Account email/What is your email address?/Mitarbeiter-E-Mail/Teilnehmeremail/E-Mail der Person/E-Mail (neu)/" +
  "E-Mail Mitarbeiter:innen/Betriebliche E-Mail/Courriel des participants/E-mail de l'employé/Courriel pro/" +
  "Correo del empleado/E-mail do colaborador/Email dipendente/E-mail medewerker/E-postadress anställd/" +
  "社員メールアドレス/员工邮箱/직원 이메일/E-mail сотрудника/E-mailová adresa/Pracovní e-mail/Céges e-mail cím/" +
  "E-mail de serviciu/İş e-postası/Εταιρικό email/Email công việc/Alamat email/Email perso/Soukromý e-mail";

const NOT_THEIRS =
  "Courriel du gestionnaire professionnel/Email corporativo do gestor/HR business partner email/Company contact email/" +
  "Customer email/Distribution list SMTP/SMTP server/Work e-mail delegate/Sent by email/Submitted by email/" +
  "Emergency contact e-mail/Reports to/Line manager";

/** Of a header and one row, whose address is read. */
const READ: [header: string, row: string, email?: string][] = [
  // Work and SMTP before plain, wherever they stand.
  ["First name,Email,Work email", "Ada,ada@gmail.com,ada@acme.com"],
  ["Work E-mail Address,Email", "ada@acme.com,a.l@acme.com"],
  ["Name,Home Email,Work Email", "Ada,ada@gmail.com,ada@acme.com"],
  ["E-Mail,E-Mail (dienstlich)", "ada@gmx.de,ada@acme.com"],
  ["E-Mail privat,Firmen-Mail", "ada@gmx.de,ada@acme.com"],
  ["Courriel,Courriel professionnel", "ada@free.fr,ada@acme.com"],
  ["Correo,Correo de la empresa", "ada@gmail.com,ada@acme.com"],
  ["Mail,Posta elettronica aziendale", "ada@libero.it,ada@acme.com"],
  ["Почта,Рабочая почта", "ada@mail.ru,ada@acme.com"],
  ["DisplayName,PrimarySmtpAddress,UserPrincipalName", "Ada,ada@acme.com,al@acme.com"],
  ["userPrincipalName,Primary SMTP address", "al@acme.com,ada@acme.com"],
  ["mail,SMTP", "a.l@acme.com,ada@acme.com"],
  ["E-mail,E-mail służbowy", "ada@wp.example,ada@acme.com"],
  ["Służbowy adres e-mail,E-mail", "ada@acme.com,ada@wp.example"],
  ["メールアドレス,会社メール", "ada@me.example,ada@acme.com"],
  ["workEmail,Job email", "ada@acme.com,ADA@acme.com"],
  ["Email,Work email address", "ada@lovelace.example,ada@acme.com"],
  // Plain before names to sign in with.
  ["Email,Office 365 login email", "ada@acme.com,al@acme.com"],
  ["mail,userPrincipalName", "ada@acme.com,al@corp.acme.com"],
  ["mail,userPrincipalName", "ada@acme.com,al@acme.local"],
  ["Email,Username", "ada@acme.com,ada@acme.com.prod"],
  ["userPrincipalName,mail", "al@acme.com,ada@acme.com"],
  ["Username,Login,Email", "al@acme.com,al@acme.com,ada@acme.com"],
  ["userPrincipalName,mail", "ada@acme.onmicrosoft.com,ada@gmail.com", "ada@gmail.com"],
  // Whatever has "mail" in it, and addresses below.
  ["Name,E-mail of participant", "Ada,ada@acme.com"],
  ["Name,Teilnehmer-E-Mail", "Ada,ada@acme.com"],
  ...THEIRS.split("/").map((header): [string, string] => [`Name,${header}`, "Ada,ada@acme.com"]),
  ["Photographer email,Participant email", "ada@acme.com,ada@acme.com"],
  ["Name,Email (Okta),login", "Ada,ada@acme.com,al@acme.com"],
  ["Name,E-mail 1 - Value,E-mail 2 - Value", "Ada,ada@acme.com,ada@gmail.com"],
  ["Name,Personal email", "Ada,ada@gmail.com", "ada@gmail.com"],
  ["Preferred email,Mailing address", "ada@acme.com,1 Main Street"],
  ["Email opt-in,Contact e-mail", "yes,ada@acme.com"],
  ["Company mailing street,E-mail", "Main Street,ada@acme.com"],
  // The addresses of somebody else, and further ones.
  ...NOT_THEIRS.split("/").map((header): [string, string] => [
    `Email,${header}`,
    "ada@acme.com,boss@acme.com",
  ]),
  ["Email,Slack", "ada@acme.com,Ada@ACME.com"],
  ["Email,Notification email", "ada@acme.com,ada@gmail.com"],
  ["Email,Notes", "ada@acme.com,ask boss@acme.com"],
  ["Manager email,Email", "boss@acme.com,ada@acme.com"],
  ["Email,Email 2,Second e-mail", "ada@acme.com,ada@gmx.de,Ada@acme.com"],
  ["Group Email,Member Email", "all@acme.com,ada@acme.com"],
  ["Email Address [Required],Recovery Email", "ada@acme.com,ada@gmail.com"],
  ["Emergency contact e-mail,mail", "mum@gmail.com,ada@acme.com"],
  ["Name,Email,Manager email", "Ada,ada@gmail.com,boss@acme.com", "ada@gmail.com"],
  ["E-mail Address,E-mail 2 Address", "ada@acme.com,ada@gmail.com"],
  ["Nom,Adresse mél professionnelle", "Ada,ada@acme.com"],
  ["userPrincipalName,Other mails", "a@acme.onmicrosoft.com,a@gmail.com", "a@acme.onmicrosoft.com"],
  // The same person in two columns.
  ["Email,Personal email", "ada@acme.com, ADA@acme.com"],
  ["Email,Confirm email", "ada@acme.com,Ada@Acme.com"],
  // Another column where the best one is empty.
  ["mail,userPrincipalName", ",ada@acme.com"],
  ["Work email,Email", ",ada@acme.com"],
  ["Email,Email Address", ",ada@acme.com"],
  ...[
    "会社メール,メールアドレス",
    "Рабочая почта,Электронная почта",
    "工作邮箱,电子邮箱",
    "업무 E-mail,이메일",
  ].map((header): [string, string] => [header, ",ada@acme.com"]),
  ["mail,userPrincipalName", ",ada@acme.onmicrosoft.com", "ada@acme.onmicrosoft.com"],
];

const WRONG: [header: string, row: string, problem: RegExp][] = [
  // Further columns whose wording is not known, or says no more than that they are further ones.
  ...UNKNOWN.split("/").map((header): [string, string, RegExp] => [
    `Email,${header}`,
    "ada@lovelace.example,ada@acme.com",
    /^the columns "Email" \(1\) and ".*" \(2\) may both be meant, and differ/,
  ]),
  ["E-mail 1 - Value,E-mail 2 - Value", "ada@acme.com,b@acme.com", /may both be meant/],
  [
    "Photographer email,login",
    "p@acme.com,ada@acme.com",
    /^the columns "login" \(2\) and "Photographer email"/,
  ],
  ["Email,Soukromý e-mail", "a@acme.com,b@acme.com", /may both be meant/],
  ["Photographer email,Participant email", ",ada@acme.com\np@acme.com,", /^it is missing$/],
  ["Primary email,Secondary email", "ada@acme.com,b@acme.com", /may both be meant/],
  ["Email,Second e-mail", "ada@acme.com,b@acme.com", /may both be meant/],
  ["Work Secondary Email,Email Address [Required]", "al@acme.com,ada@acme.com", /may both be meant/],
  ["Name,Email,Alternate email", "Ada,ada@gmail.com,ada@gmx.de", /may both be meant/],
  ["Work email,Official email", "ada@acme.com,b@acme.com", /may both be meant/],
  ["Email,userPrincipalName", "ada@lovelace.example,ada@acme.com", /may both be meant/],
  // Addresses of somebody else, alone.
  ...NOT_THEIRS.split("/").map((header): [string, string, RegExp] => [
    `Name,${header}`,
    "Ada,boss@acme.com",
    /^there is no e-mail column: name one of them "email"\. The columns found: "Name", "[^"]*"$/,
  ]),
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
  ['"Name";"Email  boss"', '"Ada";"boss@acme.com"', /\. Addresses stand in "Email {2}boss", as/],
  // Another kind of address in the place of an empty cell.
  [
    "mail,userPrincipalName",
    "a@acme.com,\n,b@acme.onmicrosoft.com",
    /"mail" is empty here, and "b@.* a name to sign/,
  ],
  [
    "Work email,Email",
    "a@acme.com,\n,b@lovelace.example",
    /and "b@lovelace\.example" looks like the person's own/,
  ],
  ["Name,", "Ada,ada@acme.com", /Addresses stand in "": rename it$/],
  [
    "Email,",
    "ada@gmail.com,ada@acme.com",
    /"Email" \(1\) and "" \(2\) may .* meant: columns: \{ email: "Email" \}$/,
  ],
  ["Email,Office mailbox", "ada@gmail.com,Ada <ada@acme.com>", /may both be meant/],
  ["Email,Proxy addresses", "ada@gmail.com,SMTP:ada@acme.com", /may both be meant/],
  [
    "A,B",
    "ada@acme.com,b@acme.com",
    /Addresses stand in "A" and "B": rename the one that is meant, or say col/,
  ],
  ["Email,E-mail Address", "a@acme.com,b@acme.com", /"Email" \(1\) and "E-mail Address" \(2\) may both/],
  ["Work email,SMTP", "a@acme.com,b@acme.com", /may both be meant, and differ: "a@acme\.com" and "b@/],
  ["Email,Personal email", "a@acme.com,a@gmail.com", /"Email" \(1\) and "Personal email" \(2\) may both/],
  [
    "Email,E-Mail privat",
    "a@acme.com,a@gmx.de",
    /: columns: \{ email: "Email" \} or columns: \{ email: "E-Mail privat" \}$/,
  ],
  ["E-Mail,Private E-Mail-Adresse", "a@acme.com,b@acme.com", /may both be meant/],
  ["login,Courriel personnel", "a@acme.com,a@free.fr", /"login" \(1\) and "Courriel personnel" \(2\)/],
  ["Email,login", "a@gmail.com,a@acme.com", /"Email" \(1\) and "login" \(2\) may both be meant/],
  ["Email 1,Email 2", "a@gmail.com,a@acme.com", /"Email 1" \(1\) and "Email 2" \(2\) may both be meant/],
  ["E-mail Address,E-mail 2 Address", "a@gmail.com,a@acme.com", /may both be meant, and differ/],
  ["userPrincipalName,Other mails", "a@acme.onmicrosoft.com,a@acme.com", /may both be meant, and differ/],
  ["Email,Alternate email", "a@web.de,a@acme.com", /may both be meant, and differ/],
  ["Email,E-mail of participant", "a@gmx.de,a@acme.com", /may both be meant/],
  ["Email,Confirm email", "a@acme.com,b@acme.com", /may both be meant/],
  ["E-mail (new),E-mail (old)", "a@acme.com,b@acme.com", /may both be meant/],
  ["Work email,Email", ",a@gmail.com", /"Work email" is empty here, and "a@gmail\.com" looks like the/],
  ["Work email,Personal email", ",a@gmail.com", /^it is missing$/],
  ["Email,Manager email", ",boss@acme.com", /^it is missing$/],
  ["Name,Manager email", "Ada,boss@acme.com", /^there is no e-mail column/],
  ["Name,Team e-mail", "Ada,all@acme.com", /^there is no e-mail column/],
  ["Name,Alternate email", "Ada,ada@acme.com", /^there is no e-mail column.* The columns found: .*"$/],
  ["Name,Mailing address", "Ada,1 Main Street", /^there is no e-mail column/],
  ["Name,Contact", "Ada,a@b.com", /Addresses stand in "Contact": rename it, or say columns: \{ email: "Con/],
  ["Alternate email,Contact", "a@gmx.de,a@b.com", /Addresses stand in "Contact": rename it/],
  ["Emial,Manager", "a@b.com,boss@acme.com", /Addresses stand in "Emial": rename it/],
  ["userPrincipalName,mail", "a_b.org#EXT#@acme.onmicrosoft.com,", /the sign-in name of a guest at Entra/],
];

describe("the column of the address", () => {
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

  it("cannot be asked for if two have one name", () => {
    const { problems } = csv("email,Name,email\nada@acme.com,Ada,bob@acme.com\n");
    assert.match(problems[0]?.reason ?? "", /Remove one of the two columns, or make them equal$/);
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

describe("two columns with the same name for the e-mail", () => {
  it("that differ in spelling only, or of which one is empty, are none", () => {
    const text = "email,email\nada@acme.com,ADA@acme.com \n,zoe@acme.com\nbob@acme.com,\n";
    assert.deepEqual(csv(text).problems, []);
    assert.deepEqual(
      csv(text).members.map(({ email }) => email),
      ["ada@acme.com", "zoe@acme.com", "bob@acme.com"],
    );
  });

  it("that nobody reads, because a better one is filled, may differ", () => {
    assert.deepEqual(csv("email,login,login\nada@acme.com,a@acme.com,b@acme.com\n").problems, []);
    assert.equal(csv("email,login,login\n,a@acme.com,b@acme.com\n").problems.length, 1);
  });
});
