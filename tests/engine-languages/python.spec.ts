import { describeExample, describeSecrets } from "./example";
import { describeGreeting } from "./greeting";

const program = (greeting: string): string => `import pulumi

pulumi.export("greeting", f"${greeting}, {pulumi.Config().require('name')}")
`;

describe("engine: a program in Python", () => {
  describeGreeting("python", program, {
    program: 'import pulumi\n\npulumi.export("greeting", nobody)\n',
    said: /__main__\.py", line 3,.*NameError: name 'nobody' is not defined/s,
  });
});

describe("the example in Python does what its README says, on the real engine", () => {
  describeExample("python", {
    output: "status",
    waiting: { "ada@acme.com": "pending", "grace@acme.com": "pending", "linus@acme.com": "pending" },
    signedUp: { "ada@acme.com": "accepted", "grace@acme.com": "pending", "linus@acme.com": "pending" },
  });
  describeSecrets("python");
});
