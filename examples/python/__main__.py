import pulumi
import pulumi_headshotpro as headshotpro

TEAM = ["ada@acme.com", "grace@acme.com", "linus@acme.com"]

# Each resource is named by the person, so that the order of the list makes no difference.
invites = {
    email: headshotpro.HeadshotInvite(email, email=email, team_id="team_xyz789")
    for email in TEAM
}

# Everyone who is waiting by now, whether this stack invited them or somebody did at the dashboard.
waiting = headshotpro.get_invites_output(
    status="pending",
    opts=pulumi.InvokeOutputOptions(depends_on=list(invites.values())),
)

pulumi.export("status", {email: invite.status for email, invite in invites.items()})
pulumi.export("waiting", waiting.invites.apply(lambda people: len(people)))
