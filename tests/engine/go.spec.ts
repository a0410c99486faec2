import { describeLanguage } from "./language";

describeLanguage("go", {
  output: "summary",
  waiting: { pending: 3 },
  signedUp: { accepted: 1, pending: 2 },
});
