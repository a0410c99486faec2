import { describeExample, describeSecrets } from "./example";
import { describeGreeting } from "./greeting";

const main = (exported: string): string => `package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		ctx.Export("greeting", pulumi.String(${exported}+config.Require(ctx, "name")))
		return nil
	})
}
`;

describe("engine: a program in Go", () => {
  describeGreeting("go", (greeting) => main(`"${greeting}, "`), {
    program: main("nobody"),
    said: /main\.go:10:40: undefined: nobody/,
  });
});

describe("the example in Go does what its README says, on the real engine", () => {
  describeExample("go", {
    output: "summary",
    waiting: { pending: 3 },
    signedUp: { accepted: 1, pending: 2 },
  });
  describeSecrets("go");
});
