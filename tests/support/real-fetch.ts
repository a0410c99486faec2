import { createRequire } from "node:module";
import type { Fetch } from "../../provider/src/client/transport";

/** The one that the provider brings along. */
export const realFetch: Fetch = createRequire(require.resolve("../../provider/src/client/transport"))(
  "node-fetch",
).default;
