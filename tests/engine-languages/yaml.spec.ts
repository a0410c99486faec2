import { describeExample } from "./example";

describe("the example in YAML does what its README says, on the real engine", () => {
  describeExample("yaml", {
    output: "summary",
    waiting: { pending: 3 },
    signedUp: { accepted: 1, pending: 2 },
  });
});
