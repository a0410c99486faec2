import { describeLanguage } from "./language";

describeLanguage("python", {
  output: "status",
  waiting: { "ada@acme.com": "pending", "grace@acme.com": "pending", "linus@acme.com": "pending" },
  signedUp: { "ada@acme.com": "accepted", "grace@acme.com": "pending", "linus@acme.com": "pending" },
});
