import { createRequire } from "node:module";
import type { Fetch } from "../../provider/src/api/transport";

/** The one that the provider brings along. */
export const realFetch: Fetch = createRequire(require.resolve("../../provider/src/api/transport"))(
  "node-fetch",
).default;
