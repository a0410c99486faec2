// The dynamic provider as the tutorials write it: one global `fetch` for each verb, serialised by the SDK into
// every resource. Nothing is retried, looked up or guarded.
const pulumi = require("@pulumi/pulumi");

const tutorial = {
  async create(inputs) {
    const response = await fetch(`${process.env.HEADSHOTPRO_BASE_URL}/organization/invites`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${process.env.HEADSHOTPRO_API_KEY}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ email: inputs.email, teamId: inputs.teamId }),
    });
    if (!response.ok) throw new Error(`HeadshotPro answered ${response.status}: ${await response.text()}`);
    const { id, link } = await response.json();
    return { id: inputs.email, outs: { ...inputs, inviteId: id, link, status: "pending" } };
  },

  async read(id, props) {
    const path = `/organization/invites/${encodeURIComponent(id)}`;
    const response = await fetch(`${process.env.HEADSHOTPRO_BASE_URL}${path}`, {
      headers: { authorization: `Bearer ${process.env.HEADSHOTPRO_API_KEY}` },
    });
    if (response.status === 404) return {};
    if (!response.ok) throw new Error(`HeadshotPro answered ${response.status}: ${await response.text()}`);
    const { invite } = await response.json();
    return { id, props: { ...props, status: invite.status } };
  },

  async diff(_id, olds, news) {
    const changed = ["email", "teamId"].filter((property) => olds[property] !== news[property]);
    return { changes: changed.length > 0, replaces: changed };
  },

  async delete(id) {
    const response = await fetch(`${process.env.HEADSHOTPRO_BASE_URL}/organization/invites/revoke`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${process.env.HEADSHOTPRO_API_KEY}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ email: id }),
    });
    if (!response.ok) throw new Error(`HeadshotPro answered ${response.status}: ${await response.text()}`);
  },
};

class Invite extends pulumi.dynamic.Resource {
  constructor(name, args) {
    super(tutorial, name, { inviteId: undefined, link: undefined, status: undefined, ...args });
  }
}

for (let n = 1; n <= Number(process.env.BENCH_PEOPLE); n++) {
  const email = `person${n}@acme.com`;
  new Invite(email, { email });
}
