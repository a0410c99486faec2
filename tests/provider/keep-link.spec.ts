import assert from "node:assert/strict";
import { virtualLabForAll } from "../support/lab";

const LINKS_REMOVED = /^The sign-up links that the state has are removed: keepLink is not set/;

describe("the sign-up link is recorded on request only", () => {
  for (const { configured, program, kept } of [
    { configured: undefined, program: undefined, kept: false },
    { configured: "true", program: undefined, kept: true },
    { configured: "true", program: false, kept: false },
    { configured: "false", program: true, kept: true },
  ])
    describe(`configuration ${configured}, program ${program}`, () => {
      const it_ = virtualLabForAll({ env: { HEADSHOTPRO_KEEP_LINK: configured ?? "" } });
      const declare = (email: string) => ({ email, ...(program !== undefined && { keepLink: program }) });

      it(kept ? "create records it" : "create records nothing secret", async () => {
        const email = it_.person();
        const { outs } = await it_.lab.provider.create(declare(email));
        const { link } = it_.lab.emulator.outbox.at(-1) ?? {};
        assert.equal(outs.link, kept ? link : undefined);
        if (!kept) assert.doesNotMatch(JSON.stringify(outs), new RegExp(link?.split("invite=")[1] ?? "none"));
      });

      it("a refresh keeps it as create does, and is quiet if there is nothing to remove", async () => {
        const { lab } = it_;
        const email = it_.person();
        const { outs } = await lab.provider.create(declare(email));
        const seen = await lab.provider.read(email, outs);
        assert.equal(seen?.props.link, outs.link);
        assert.deepEqual(lab.provider.printed, []);
      });

      it("a resend records it as create does", async () => {
        const { lab } = it_;
        const email = it_.person();
        const { outs } = await lab.provider.create(declare(email));
        lab.pass(1);
        lab.nextRun();
        const after = await lab.provider.update(email, outs, { ...declare(email), resend: 1 });
        assert.equal(after.link, kept ? lab.emulator.outbox.at(-1)?.link : undefined);
      });
    });

  describe("in a state of an earlier version, which has it and its key", () => {
    const it_ = virtualLabForAll({ env: { HEADSHOTPRO_KEEP_LINK: "" } });

    async function earlier() {
      const email = it_.person();
      const { outs } = await it_.lab.provider.create({ email });
      const [link, inviteId] = ["https://www.headshotpro.com/auth/signup?invite=1", "1"];
      it_.lab.nextRun();
      return { email, state: { ...outs, link, inviteId } };
    }

    it("it is no difference", async () => {
      const { email, state } = await earlier();
      assert.equal((await it_.lab.preview(state, { email })).changes, "none");
      assert.deepEqual(it_.lab.provider.printed, []);
    });

    it("a refresh removes both, and says so once for everybody", async () => {
      const { lab } = it_;
      for (const { email, state } of [await earlier(), await earlier()]) {
        const seen = await lab.provider.read(email, state);
        assert.deepEqual([seen?.props.link, seen?.props.inviteId], [undefined, undefined]);
      }
      assert.equal(lab.provider.printed.filter((line) => LINKS_REMOVED.test(line)).length, 1);
    });

    it("a refresh under keepLink keeps the link, and not its key", async () => {
      const { email, state } = await earlier();
      const seen = await it_.lab.provider.read(email, { ...state, keepLink: true });
      assert.deepEqual([seen?.props.link, seen?.props.inviteId], [state.link, undefined]);
      assert.deepEqual(it_.lab.provider.printed, []);
    });
  });

  describe("turned on for an invite that was sent without it", () => {
    const it_ = virtualLabForAll({ env: { HEADSHOTPRO_KEEP_LINK: "" } });

    it("says when the link is known, and sends nothing", async () => {
      const email = it_.person();
      const { outs } = await it_.lab.provider.create({ email });
      it_.lab.nextRun();
      const preview = await it_.lab.preview(outs, { email, keepLink: true }, { email });
      assert.equal(preview.changes, "unknown");
      assert.deepEqual(it_.lab.printedAbout(email), [
        `${email}: the link of an invite that was sent before is not known; the next \`resend\` records one`,
      ]);
      const after = await it_.lab.provider.update(email, outs, { email, keepLink: true });
      assert.deepEqual([after.keepLink, after.link, it_.lab.emailsTo(email)], [true, undefined, 1]);
      assert.equal((await it_.lab.preview(after, { email, keepLink: true })).changes, "none");
    });
  });
});
