import assert from "node:assert/strict";
import { virtualLabForAll } from "../support/lab";

const LINKS_REMOVED = /^The sign-up links that the state has are removed: keepLink is not set/;

describe("the sign-up link is recorded on request only", () => {
  for (const [configured, program, kept] of [
    [undefined, undefined, false],
    ["true", false, false],
    ["false", true, true],
  ] as const)
    describe(`configuration ${configured}, program ${program}`, () => {
      const lab = virtualLabForAll({ env: { HEADSHOTPRO_KEEP_LINK: configured ?? "" } });

      it(`${kept ? "kept" : "not kept"} by a create, a refresh and a resend, without a word`, async () => {
        const declared = { email: lab.person(), ...(program !== undefined && { keepLink: program }) };
        const { email } = declared;
        const sent = () => lab.emulator.outbox.at(-1)?.link ?? "none";
        const { outs } = await lab.provider.create(declared);
        assert.equal(outs.link, kept ? sent() : undefined);
        if (!kept) assert.ok(!JSON.stringify(outs).includes(sent().split("invite=")[1] ?? "none"));
        assert.equal((await lab.provider.read(email, outs))?.props.link, outs.link);
        assert.deepEqual(lab.provider.printed, []);
        lab.nextRunAfter(1);
        const after = await lab.provider.update(email, outs, { ...declared, resend: 1 });
        assert.equal(after.link, kept ? sent() : undefined);
      });
    });

  describe("in a state of an earlier version, which has it and its key", () => {
    const lab = virtualLabForAll({ env: { HEADSHOTPRO_KEEP_LINK: "" } });

    async function earlier() {
      const { email, outs } = await lab.invitedBefore();
      return {
        email,
        state: { ...outs, link: "https://www.headshotpro.com/auth/signup?invite=1", inviteId: "1" },
      };
    }

    it("it is no difference, and a refresh removes both, and says so once for everybody", async () => {
      const people = [await earlier(), await earlier()];
      for (const { email, state } of people)
        assert.equal((await lab.preview(state, { email })).changes, "none");
      for (const { email, state } of people) {
        const seen = await lab.provider.read(email, state);
        assert.deepEqual([seen?.props.link, seen?.props.inviteId], [undefined, undefined]);
      }
      assert.equal(lab.provider.printed.filter((line) => LINKS_REMOVED.test(line)).length, 1);
    });
  });
});
