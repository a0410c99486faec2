import { describeGreeting } from "./greeting";

const program = (greeting: string): string => `config:
  name: { type: string }
variables:
  words: [ ${greeting}, "\${name}" ]
outputs:
  greeting:
    fn::join: [ ", ", "\${words}" ]
`;

describe("engine: a program in YAML", () => {
  describeGreeting("yaml", program, {
    program: `outputs:\n  greeting: \${nobody}\n`,
    said: /named "nobody" could not be found\s+on Pulumi\.yaml line 4:/,
  });
});
