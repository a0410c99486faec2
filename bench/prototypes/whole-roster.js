// A prototype, measured and not shipped: one resource for everybody. One step in the engine, N requests in it.
// Whom an interrupted step invited is found by the next one, since it starts from the list of what is there.
const pulumi = require("@pulumi/pulumi");

const AT_ONCE = 32;

const roster = {
  async create({ emails }) {
    return { id: "roster", outs: { emails, people: await this.reconcile(emails, []) } };
  },

  async read(id, { emails }) {
    const there = await this.peopleThere();
    const people = Object.fromEntries(emails.filter((email) => there[email]).map((e) => [e, there[e]]));
    return { id, props: { emails, people } };
  },

  async diff(_id, olds, news) {
    const missing = news.emails.filter((email) => !olds.people[email]);
    const tooMany = Object.keys(olds.people).filter((email) => !news.emails.includes(email));
    return { changes: missing.length + tooMany.length > 0 };
  },

  async update(_id, olds, { emails }) {
    return { outs: { emails, people: await this.reconcile(emails, Object.keys(olds.people)) } };
  },

  async delete(_id, { people }) {
    await this.reconcile([], Object.keys(people));
  },

  async reconcile(wanted, before) {
    const there = await this.peopleThere();
    const invites = wanted.filter((email) => !there[email]);
    const revokes = before.filter((email) => there[email] && !wanted.includes(email));
    const work = [
      ...invites.map((email) => () => this.client().createInvite({ email })),
      ...revokes.map((email) => () => this.client().revokeInvite(email)),
    ];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let one = work.shift(); one; one = work.shift()) await one();
      }),
    );
    return Object.fromEntries(wanted.map((email) => [email, there[email] ?? "pending"]));
  },

  async peopleThere() {
    const { invites } = await this.client().listInvites();
    return Object.fromEntries(invites.map(({ email, status }) => [email, status]));
  },

  client() {
    const { HeadshotProClient } = require("pulumi-headshotpro/client");
    this.shared ??= new HeadshotProClient({
      apiKey: process.env.HEADSHOTPRO_API_KEY,
      baseUrl: process.env.HEADSHOTPRO_BASE_URL,
    });
    return this.shared;
  },
};

class WholeRoster extends pulumi.dynamic.Resource {
  constructor(name, args) {
    super(roster, name, { people: undefined, ...args });
  }
}

const people = Array.from({ length: Number(process.env.BENCH_PEOPLE) }, (_, n) => `person${n + 1}@acme.com`);
new WholeRoster("people", { emails: people });
