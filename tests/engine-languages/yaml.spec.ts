import assert from "node:assert/strict";
import { organizationForEach } from "../support/organization";

const program = (greeting: string): string => `config:
  name: { type: string, default: Ada }
variables:
  words: [ ${greeting}, "\${name}" ]
outputs:
  greeting:
    fn::join: [ ", ", "\${words}" ]
`;

describe("engine: a program in YAML", () => {
  const organization = organizationForEach({ language: "yaml", program: program("Hello") });

  it("is previewed, run, changed and destroyed", async () => {
    const { stack } = organization;
    const greeting = async () => JSON.parse((await stack.must("stack", "output", "--json")).printed).greeting;

    const preview = await stack.must("preview");
    assert.match(preview.printed, /greeting: "Hello, Ada"/);
    assert.doesNotMatch(preview.printed, /warning|error/i);

    await stack.must("up", "--yes", "--skip-preview");
    assert.equal(await greeting(), "Hello, Ada");
    const same = await stack.must("up", "--yes", "--skip-preview");
    assert.match(same.printed, /1 unchanged/);

    await stack.setProgram(program("Welcome"));
    await stack.must("config", "set", "name", "Grace");
    await stack.must("up", "--yes", "--skip-preview");
    assert.equal(await greeting(), "Welcome, Grace");

    await stack.must("refresh", "--yes", "--skip-preview");
    await stack.must("destroy", "--yes", "--skip-preview");
    assert.deepEqual((await stack.export()).resources, []);
  });

  it("with a mistake is refused, with its place in the file", async () => {
    const { stack } = organization;
    await stack.setProgram(`outputs:\n  greeting: \${nobody}\n`);
    const { code, printed } = await stack.up();
    assert.notEqual(code, 0);
    assert.match(printed, /named "nobody" could not be found\s+on Pulumi\.yaml line 4:/);
  });
});
