import assert from "node:assert/strict";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { fromStruct, secretNamesIn, toStruct } from "../../provider/src/plugin/marshal";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
const struct = (value: object) => Struct.fromJavaScript(value as Parameters<typeof Struct.fromJavaScript>[0]);

describe("the plugin's values", () => {
  it("are plain, and name what is secret, however deep the secret is", () => {
    const { plain, secrets } = fromStruct(
      struct({
        email: "ada@acme.com",
        teamId: secret("t1"),
        members: [{ resend: secret(1) }, "bob@acme.com"],
      }),
    );
    assert.deepEqual(plain, {
      email: "ada@acme.com",
      teamId: "t1",
      members: [{ resend: 1 }, "bob@acme.com"],
    });
    assert.deepEqual(secrets, new Set(["teamId", "members"]));
    assert.deepEqual(fromStruct(undefined), { plain: {}, secrets: new Set() });
  });

  for (const mark of [
    UNKNOWN,
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
  ])
    it(`have one mark for what is not known: ${mark}`, () => {
      const { plain } = fromStruct(
        struct({ resend: mark, defaults: { adopt: secret(mark) }, members: [mark] }),
      );
      assert.deepEqual(plain, { resend: UNKNOWN, defaults: { adopt: UNKNOWN }, members: [UNKNOWN] });
    });

  it("leave out the text of the dynamic face, and what is undefined", () => {
    assert.deepEqual(fromStruct(struct({ __provider: "…", __organization: ":1" })).plain, {
      __organization: ":1",
    });
    assert.deepEqual(toStruct({ email: "a", teamId: undefined }, ["teamId"]).toJavaScript(), { email: "a" });
  });

  it("come back as they were", () => {
    const there = struct({ email: "ada@acme.com", teamId: secret("t1"), adopt: false, resend: 0 });
    const { plain, secrets } = fromStruct(there);
    assert.deepEqual(toStruct(plain, secrets).toJavaScript(), there.toJavaScript());
  });

  const names: [given: object, expected: string[]][] = [
    [{ file: "people.csv", defaults: { teamId: "t1" } }, []],
    [{ defaults: { teamId: secret("t1"), adopt: true } }, ["teamId"]],
    [
      {
        members: [
          { email: "a", teamId: "t1" },
          { email: "b", teamId: secret("t2") },
        ],
      },
      ["teamId"],
    ],
    [{ defaults: secret({ teamId: "t1", adopt: true }) }, ["defaults", "teamId", "adopt"]],
  ];
  for (const [given, expected] of names)
    it(`of a roster, ${expected.join(" and ") || "nothing"} is secret in ${JSON.stringify(given).replace(/"4dab[^,]*,/g, "")}`, () =>
      assert.deepEqual(secretNamesIn(struct(given)), new Set(expected)));
});
