import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../command";
import { copyOfSdk, isAtHand, runExample, type SdkTrial } from "./sdk-trial";

const AUTHOR = ["-c", "user.name=rehearsal", "-c", "user.email=rehearsal@example.com"];

/**
 * Makes the module as Go fetches it from the repository, in the folder `sdk/go` at the tag `sdk/go/v1.2.3`, and runs
 * the example with it; says what was done.
 */
export async function tryGo(trial: SdkTrial): Promise<string> {
  if (!isAtHand("go") || !isAtHand("git"))
    return "– no Go module: there is no go, or no git, on this machine";
  const repository = join(trial.folder, "repository");
  await mkdir(join(repository, "sdk"), { recursive: true });
  copyOfSdk("go", join(repository, "sdk/go"));
  const [, module = "", slug = ""] =
    /^module (github\.com\/([^/]+\/[^/]+)\/sdk\/go)$/m.exec(
      readFileSync(join(repository, "sdk/go/go.mod"), "utf8"),
    ) ?? [];
  if (module === "") throw new Error("the SDK for Go is no module of a repository on GitHub");
  const git = (...args: string[]) => run("git", [...AUTHOR, ...args], { cwd: repository });
  await git("init", "--quiet");
  await git("add", ".");
  await git("commit", "--quiet", "--message", "release");
  await git("tag", `sdk/go/v${trial.version}`);
  const archive = join(trial.sdks, `sdk-go-v${trial.version}.tar.gz`);
  await git("archive", "--output", archive, `sdk/go/v${trial.version}`);

  const [cache = "", proxy = ""] = (
    await run("go", ["env", "GOMODCACHE", "GOPROXY"], { cwd: trial.folder })
  ).split("\n");
  const env = {
    // Ours alone is fetched from its repository, which stands in for GitHub's.
    GOPRIVATE: module,
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `url.file://${repository}.insteadOf`,
    GIT_CONFIG_VALUE_0: `https://github.com/${slug}`,
    // The user's cache gives what it has of others, and does not keep a version of ours that was never released.
    GOPROXY: `file://${join(cache, "cache/download")},${proxy}`,
    GOMODCACHE: join(trial.folder, "go-modules"),
    // Without paths, what is compiled once serves the next rehearsal, too.
    GOFLAGS: "-modcacherw -trimpath",
  };
  await runExample("go", "main.go", trial, async (place) => {
    Object.assign(place.env, env);
    await place.type(`go mod init people && go get ${module}/headshotpro@v${trial.version} .`);
    return env;
  });
  return `✔ the example in Go, with ${module}@v${trial.version} and the plugin's archive`;
}
