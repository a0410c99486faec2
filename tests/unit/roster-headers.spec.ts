import assert from "node:assert/strict";
import { readRoster } from "../../provider/src/roster/load";
import { problemLines } from "../../provider/src/roster/problems";

const csv = (text: string) => readRoster(Buffer.from(text), { name: "p.csv", format: "csv" });

const HEADERS: Record<string, string[]> = {
  German: ["E-Mail-Adresse", "E-Mailadresse", "Mailadresse", "E-Mail (geschäftlich)", "Geschäftliche E-Mail"],
  French: [
    "Adresse e-mail",
    "Adresse mail",
    "Courriel",
    "Adresse électronique",
    "Adresse de messagerie",
    "Mél",
  ],
  Spanish: ["Correo electrónico", "correo electronico", "Dirección de correo electrónico", "Correo"],
  Italian: ["Indirizzo e-mail", "Indirizzo di posta elettronica", "Posta elettronica"],
  Portuguese: ["Correio eletrónico", "Endereço de e-mail", "Endereço eletrônico", "Correio eletrônico"],
  Dutch: ["E-mailadres", "Mailadres", "E-mail adres"],
  Swedish: ["E-post", "E-postadress", "Epost", "Mejladress"],
  Norwegian: ["E-postadresse", "Epostadresse"],
  Danish: ["E-mailadresse", "E-mail-adresse"],
  Finnish: ["Sähköposti", "Sähköpostiosoite"],
  Icelandic: ["Netfang", "Tölvupóstfang"],
  Polish: ["Adres e-mail", "Adres poczty elektronicznej"],
};

describe("the e-mail column is known by its name in many languages", () => {
  for (const [language, headers] of Object.entries(HEADERS))
    for (const header of headers)
      it(`${language}: ${header}`, () => {
        for (const written of [header, header.toUpperCase(), header.normalize("NFD")])
          assert.equal(csv(`Nom;${written}\nAda;ada@acme.com\n`).members[0]?.email, "ada@acme.com", written);
      });
});

describe("two columns with the same name for the e-mail", () => {
  it("that differ in a row are a problem of it", () => {
    const text = "email,Name,E-Mail\nada@acme.com,Ada,bob@acme.com\nzoe@acme.com,Zoe,\n";
    assert.deepEqual(problemLines(csv(text).problems), [
      'p.csv:2  email  the columns "email" (1) and "E-Mail" (3) mean the same and differ: "ada@acme.com" and ' +
        '"bob@acme.com". Remove one of the two columns, or make them equal',
    ]);
  });

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
