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
