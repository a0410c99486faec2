import assert from "node:assert/strict";
import { harness } from "../../support/api-client";

const people: [email: string, segment: string][] = [
  ["ada@acme.com", "ada@acme.com"],
  ["ada+work@acme.com", "ada%2Bwork@acme.com"],
  ["a/b@acme.com", "a%2Fb@acme.com"],
  ["50%25@acme.com", "50%2525@acme.com"],
  ["a%2fb@acme.com", "a%252fb@acme.com"],
  ["what?x=1#y@acme.com", "what%3Fx%3D1%23y@acme.com"],
  ["jörg@acme.com", "j%C3%B6rg@acme.com"],
  ["🙂@acme.com", "%F0%9F%99%82@acme.com"],
  ["o'brien!~*@acme.com", "o'brien!~*@acme.com"],
  ["a&b=c$d@acme.com", "a%26b%3Dc%24d@acme.com"],
  ["zoe@xn--bcher-kva.example", "zoe@xn--bcher-kva.example"],
  ["revoke@acme.com", "revoke@acme.com"],
];

describe("client: an e-mail in a path", () => {
  const { client, emulator } = harness();

  for (const [email, segment] of people) {
    it(`${email} is asked for as ${segment}, and found`, async () => {
      const api = await emulator();
      const hp = client(api);
      await hp.createInvite({ email });
      assert.equal((await hp.getInvite(email))?.email, email);
      assert.equal(api.requests[1]?.path, `/api/v2/organization/invites/${segment}`);
      assert.equal(api.requests[1]?.email, email);
      assert.equal(await hp.revokeInvite(email), true);
      assert.equal(await hp.getInvite(email), undefined);
    });
  }
});
