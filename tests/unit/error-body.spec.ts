import assert from "node:assert/strict";
import fc from "fast-check";
import { readErrorBody } from "../../provider/src/client/classify";
import { printable } from "../../provider/src/client/errors";

type Expected = { code?: string; text?: string; ownEnvelope?: boolean };

const bodies: [name: string, body: unknown, expected: Expected][] = [
  [
    "the documented one",
    { success: false, error: "No", code: "NOT_FOUND" },
    { code: "NOT_FOUND", text: "No", ownEnvelope: true },
  ],
  ["documented, without code", { success: false, error: "No" }, { text: "No", ownEnvelope: true }],
  [
    "{error: {code, message}}",
    { error: { code: "NOT_FOUND", message: "No" } },
    { code: "NOT_FOUND", text: "No" },
  ],
  [
    "{success: false, error: {…}}",
    { success: false, error: { message: "No" } },
    { text: "No", ownEnvelope: true },
  ],
  ["{message, code}", { message: "No", code: "X1" }, { code: "X1", text: "No" }],
  ["{message}", { message: "No" }, { text: "No" }],
  ["{error}", { error: "No" }, { text: "No" }],
  ["{errors: [{message, path}]}", { errors: [{ message: "bad", path: "email" }] }, { text: "email: bad" }],
  ["{errors: [{msg, param}]}", { errors: [{ msg: "bad", param: "email" }] }, { text: "email: bad" }],
  [
    "{errors: [{message, field}]}",
    { errors: [{ message: "bad", field: "email" }, { message: "worse" }] },
    { text: "email: bad; worse" },
  ],
  ["errors without text", { errors: [{ path: "email" }, null, 5] }, { text: "email: invalid" }],
  ["{statusCode, error, message}", { statusCode: 400, error: "Bad Request", message: "No" }, { text: "No" }],
  [
    "{statusCode, error, message[]}",
    { statusCode: 400, error: "Bad Request", message: ["a", "b"] },
    { text: "a; b" },
  ],
  [
    "an empty message beside an error",
    { success: false, message: "", error: "No" },
    { text: "No", ownEnvelope: true },
  ],
  ["an empty list beside an error", { message: [], error: "No" }, { text: "No" }],
  ["a blank error beside errors", { error: " ", errors: [{ msg: "bad" }] }, { text: "bad" }],
  [
    "a page",
    "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head></html>",
    { text: "502 Bad Gateway" },
  ],
  ["a page without title", "<h1>Not\n <b>Found</b></h1>", { text: "Not Found" }],
  ["plain text", "upstream timed out\n", { text: "upstream timed out" }],
  ["nothing", "", {}],
  ["undefined", undefined, {}],
  ["null", null, {}],
  ["a number", 5, {}],
  ["a list", [{ message: "No" }], {}],
  ["an empty object", {}, {}],
  ["values of the wrong type", { success: 0, error: 5, code: 7, message: true, errors: "x" }, {}],
  ["a claimed success", { success: true, message: "No" }, { text: "No" }],
  ['success: "false" as a text', { success: "false", error: "No" }, { text: "No" }],
  ["a code that is none", { error: "No", code: "not found" }, { text: "No" }],
  ["a code that is a number", { error: "No", code: 404 }, { text: "No" }],
  ["a code of 65 letters", { error: "No", code: "A".repeat(65) }, { text: "No" }],
];

const texts: [name: string, text: string | undefined, printed: string | undefined][] = [
  ["undefined", undefined, undefined],
  ["blanks", " \n\t\u0000 ", undefined],
  ["line breaks become spaces", "a\r\n\r\nb\tc", "a b c"],
  ["a terminal's escape sequence is disarmed", "\u001b[31mred\u001b[0m \u009b2Jx", "[31mred [0m 2Jx"],
  ["so is a bell and an operating system command", "\u0007a\u001b]0;title\u0007", "a ]0;title"],
  ["text direction", "a\u202eb", "a b"],
  ["half a surrogate pair", "a\ud83dz", "a z"],
  ["300 characters stay", "x".repeat(300), "x".repeat(300)],
  ["301 are cut", "x".repeat(301), `${"x".repeat(299)}…`],
  ["never through a character", `x${"🙂".repeat(400)}`, `x${"🙂".repeat(298)}…`],
];

describe("readErrorBody", () => {
  for (const [name, body, { code, text, ownEnvelope = false }] of bodies) {
    it(`reads ${name}`, () => {
      const { code: readCode, text: readText, ownEnvelope: own } = readErrorBody(body);
      assert.deepEqual([readCode, readText, own], [code, text, ownEnvelope]);
    });
  }

  it("cuts a huge text, page or list to the length of a message", () => {
    const huge = "<".repeat(5_000_000);
    const many = Array.from({ length: 50_000 }, () => ({ message: "bad", path: "email" }));
    for (const body of [huge, { error: huge }, { message: [huge, huge] }, { errors: many }])
      assert.ok((readErrorBody(body).text?.length ?? 0) <= 300);
  });

  it("never throws, and its text is always fit to print", () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ error: fc.string({ unit: "binary" }) })), (body) => {
        const { text } = readErrorBody(body);
        assert.doesNotMatch(text ?? "x", /\p{C}|^\s|\s$|^$/u);
      }),
    );
  });
});

describe("printable", () => {
  for (const [name, text, printed] of texts) it(name, () => assert.equal(printable(text), printed));
});
