import { make } from "../store";
import type { Context, Programs, Way } from "./context";

/** What the download of a CLI works with, besides. */
export interface DownloadContext extends Context {
  /** Puts the official CLI and its plugins in `bin`. */
  download(wanted: DownloadRequest): Promise<void>;
}

/** Which CLI to fetch, and where to. */
export interface DownloadRequest {
  readonly version: string;
  /** An empty directory for the programs. */
  readonly bin: string;
  /** A directory for whatever else is needed; it is removed afterwards. */
  readonly scratch: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The official release. */
export const downloadWay: Way<DownloadContext> = {
  name: "download",
  slow: true,
  async take(context: DownloadContext): Promise<Programs> {
    const { recipe, env, report, download } = context;
    report(`Downloading ${recipe.name} from get.pulumi.com ...`);
    return make(context, "download", (bin, scratch) =>
      download({ version: recipe.version, bin, scratch, env }),
    );
  },
};
