// Where the project lives: said once, in `repository` of provider/package.json. Whoever takes the project over changes
// it there, and then runs `npm run generate`.
import { readFileSync } from "node:fs";

const MANIFEST = new URL("../provider/package.json", import.meta.url);

/**
 * @example
 * repository(); // { owner: "acme", slug: "acme/pulumi-headshotpro", url: "https://github.com/acme/pulumi-headshotpro" }
 */
export function repository() {
  const { repository: said } = JSON.parse(readFileSync(MANIFEST, "utf8"));
  const [, slug, owner] = /^git\+https:\/\/github\.com\/(([\w-]+)\/[\w.-]+)\.git$/.exec(said.url) ?? [];
  if (!slug)
    throw new Error(`provider/package.json: the repository is ${said.url}, and no repository on GitHub.`);
  return { owner, slug, url: `https://github.com/${slug}` };
}
