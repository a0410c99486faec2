import { describeSecrets } from "./example";

describe("the example in YAML, on the real engine", () => describeSecrets("yaml"));
