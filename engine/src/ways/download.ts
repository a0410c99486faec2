import type { Engine } from "../engine";
import { binOf } from "../inspect";
import { makeEngine } from "../store";
import type { Context, Way } from "./context";

/** The official release. */
export const downloadWay: Way = {
  name: "download",
  slow: true,
  async take(context: Context): Promise<Engine> {
    const { recipe, env, report, download } = context;
    report(`Downloading Pulumi ${recipe.cliVersion} from get.pulumi.com ...`);
    return makeEngine(context, "download", (engine, scratch) =>
      download({ version: recipe.cliVersion, bin: binOf(engine), scratch, env }),
    );
  },
};
