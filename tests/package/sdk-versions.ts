import { devDependencies } from "../../package.json";
import { peerDependencies } from "../../provider/package.json";

/** The oldest `@pulumi/pulumi` that the package takes. */
export const OLDEST = peerDependencies["@pulumi/pulumi"].replace("^", "");

/** The one that everything else is tested with, and the newest for Node 20. */
export const USUAL = devDependencies["@pulumi/pulumi"];

/** The newest at the time of writing. */
export const NEWEST = "3.270.0";
