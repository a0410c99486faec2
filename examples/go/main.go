package main

import (
	"github.com/headshotpro-community/pulumi-headshotpro/sdk/go/headshotpro"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

var teams = map[string][]string{
	"team_xyz789": {"ada@acme.com", "grace@acme.com"},
	"team_abc123": {"linus@acme.com"},
}

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		var members pulumi.Array
		for team, people := range teams {
			for _, email := range people {
				members = append(members, headshotpro.RosterMemberArgs{
					Email:  pulumi.String(email),
					TeamId: pulumi.String(team),
				})
			}
		}
		// Each person is a resource of their own, named by the address: the order makes no difference.
		roster, err := headshotpro.NewHeadshotRoster(ctx, "people", &headshotpro.HeadshotRosterArgs{Members: members})
		if err != nil {
			return err
		}
		ctx.Export("summary", roster.Summary)
		return nil
	})
}
