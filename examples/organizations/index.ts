import * as pulumi from "@pulumi/pulumi";
import { getInvitesOutput, HeadshotInvite, Provider } from "pulumi-headshotpro";

const config = new pulumi.Config();

// One key is stored with the stack, encrypted. The other stays in the environment, where neither the state nor
// the engine's logs ever see it.
const emea = new Provider("emea", { apiKey: config.requireSecret("emeaKey") });
const apac = new Provider("apac", { apiKeyEnv: "HEADSHOTPRO_APAC_KEY" });

const zoe = new HeadshotInvite("zoe", { email: "zoe@acme.eu" }, { provider: emea });
const ken = new HeadshotInvite("ken", { email: "ken@acme.jp" }, { provider: apac });

// Everyone who is in the organization by now, whether this stack invited them or somebody did at the dashboard.
const everyone = getInvitesOutput({}, { provider: emea, dependsOn: [zoe] });

export const status = { zoe: zoe.status, ken: ken.status };
export const emeaPeople = everyone.apply(({ invites }) => invites.map(({ email }) => email));
