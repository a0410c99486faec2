const isText = (value) => /\S/.test(value ?? "");
const isAddress = (value) => /^https:\/\/\S+$/.test(value ?? "");

/** What the CLI and the Registry read of a schema beside its resources, and what it has to be. */
const RULES = {
  name: (value) => value === "headshotpro",
  displayName: isText,
  description: isText,
  publisher: isText,
  license: isText,
  homepage: isAddress,
  logoUrl: isAddress,
  repository: (value, slug) => value === `https://github.com/${slug}`,
  // Where the CLI looks for the plugin's archives.
  pluginDownloadURL: (value, slug) => value === `github://api.github.com/${slug}`,
};
const KEYWORDS = ["kind/native", "category/utility"];
const LANGUAGES = ["csharp", "go", "java", "nodejs", "python"];

/**
 * What is wrong with a schema's metadata, a line each.
 *
 * @param schema as the plugin tells it, or as its file has it.
 * @param slug where the project lives: "OWNER/REPOSITORY".
 * @example metadataProblems({ ...schema, publisher: "" }, "acme/pulumi-headshotpro"); // ['the schema\'s publisher is ""']
 */
export function metadataProblems(schema, slug) {
  return [
    ...Object.entries(RULES)
      .filter(([field, isRight]) => !isRight(schema[field], slug))
      .map(([field]) => `the schema's ${field} is ${JSON.stringify(schema[field])}`),
    ...KEYWORDS.filter((word) => !schema.keywords?.includes(word)).map(
      (word) => `the schema's keywords lack ${word}`,
    ),
    ...LANGUAGES.filter((name) => !schema.language?.[name]).map(
      (name) => `the schema says nothing of ${name}`,
    ),
  ];
}
