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
