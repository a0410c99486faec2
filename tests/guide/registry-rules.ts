/** What the Registry's check of community packages asks for, by its own words of November 2026, without the network. */

/** What of a page the Registry's site cannot show: it has neither our images nor our other pages beside it. */
const UNSHOWABLE: readonly [pattern: RegExp, what: string][] = [
  [/<img[^>]+src=["'](?!https:)/, "a relative image"],
  [/!\[[^\]]*\]\((?!https:)/, "a relative image"],
  [/<a[^>]+href=["'](?!https:)/, "a relative link"],
  [/(?<!!)\[[^\]]*\]\((?!https:|#)/, "a relative link"],
];

const LANGUAGES = ["typescript", "python", "go", "csharp", "java", "yaml"];

/** The categories that the Registry knows; another is an error there. */
const CATEGORIES = ["cloud", "database", "infrastructure", "monitoring", "network", "utility", "vcs"];

/**
 * What is wrong with a page of ours that the Registry shows, a line each.
 *
 * @example pageProblems("# Hello"); // ["it does not begin with front matter", …]
 */
export function pageProblems(text: string): string[] {
  const [, front] = /^---\n([\s\S]*?)\n---\n/.exec(text) ?? [];
  const missing = ["title", "meta_desc", "layout"]
    .filter((key) => front !== undefined && !new RegExp(`^${key}: \\S`, "m").test(front))
    .map((key) => `its front matter has no ${key}`);
  const unshowable = text
    .split("\n")
    .flatMap((line, index) =>
      UNSHOWABLE.filter(([pattern]) => pattern.test(line)).map(([, what]) => `line ${index + 1} has ${what}`),
    );
  return [
    ...(front === undefined ? ["it does not begin with front matter"] : []),
    ...missing,
    ...unshowable,
    ...chooserProblems(text),
  ];
}

function chooserProblems(text: string): string[] {
  const chooser = `{{< chooser language "${LANGUAGES}" >}}`;
  const [, inside, end] = text.split(new RegExp(`^(?:${chooser}|{{< /chooser >}})$`, "m"));
  if (inside === undefined || end === undefined) return [`it has no ${chooser}`];
  const chosen = [...inside.matchAll(/^{{% choosable language (\w+) %}}\n[\s\S]+?^{{% \/choosable %}}$/gm)];
  const languages = chosen.map(([, language]) => language);
  return languages.join() === LANGUAGES.join() ? [] : [`its chooser has ${languages.join(", ")}`];
}

export interface Schema {
  readonly name: string;
  readonly version?: string;
  readonly publisher?: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly keywords: readonly string[];
  readonly homepage?: string;
  readonly repository?: string;
  readonly logoUrl?: string;
  readonly pluginDownloadURL?: string;
  readonly language: { readonly nodejs: { readonly packageName: string } };
}

/** What is wrong with the schema's metadata for a package in that repository (`OWNER/NAME`), a line each. */
export function metadataProblems(schema: Schema, slug: string, npmName: string): string[] {
  const { name, keywords, language } = schema;
  const category = keywords.find((keyword) => keyword.startsWith("category/"))?.slice("category/".length);
  const expected: readonly [what: string, isRight: boolean][] = [
    ["the repository's name is not pulumi-NAME", slug.split("/")[1] === `pulumi-${name}`],
    ["there is a version, which may differ from the tag's", schema.version === undefined],
    ["there is no publisher", Boolean(schema.publisher)],
    ["there is no display name", Boolean(schema.displayName)],
    ["there is no description", Boolean(schema.description)],
    ["the keywords lack kind/native", keywords.includes("kind/native")],
    ["the category is not the Registry's", category !== undefined && CATEGORIES.includes(category)],
    ["the repository is another", schema.repository === `https://github.com/${slug}`],
    ["the homepage is elsewhere", Boolean(schema.homepage?.startsWith(`https://github.com/${slug}`))],
    ["the plugin is elsewhere", schema.pluginDownloadURL === `github://api.github.com/${slug}`],
    [
      "the logo is elsewhere",
      Boolean(schema.logoUrl?.startsWith(`https://raw.githubusercontent.com/${slug}/HEAD/`)),
    ],
    ["the npm package that is advertised is not ours", language.nodejs.packageName === npmName],
  ];
  return expected.filter(([, isRight]) => !isRight).map(([what]) => what);
}
