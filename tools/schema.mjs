// The schema of the plugin (`pulumi-resource-headshotpro`) from the types and doc comments of what TypeScript programs
// import: written once, there.
//
//   node tools/schema.mjs            writes provider/src/plugin/schema.json, and the examples in docs/_index.md
//   import { schema } from …         the same, for the test that compares the two
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { repository } from "./repository.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const SOURCES = path.join(ROOT, "provider/src/sdk");
const FILE = path.join(ROOT, "provider/src/plugin/schema.json");
const PAGE = path.join(ROOT, "docs/_index.md");

/** Of each resource and function, programs in all languages: `npm run generate` converts them from docs/yaml. */
const EXAMPLES = JSON.parse(readFileSync(path.join(ROOT, "docs/yaml/examples.json"), "utf8"));

/** How people are taken over whom HeadshotPro has already. */
const IMPORT_INVITE = `## Import

An invite is imported by its address; nothing is sent or revoked:

\`\`\`sh
pulumi import headshotpro:index:HeadshotInvite ada ada@acme.com
\`\`\`

A new resource adopts an unused invite by itself, and with \`adopt: true\` also that of somebody with headshots.`;

/** A component has no id of its own. */
const IMPORT_ROSTER = `## Import

A roster is not imported, but the people in it are taken over. An unused invite is adopted by the first \`up\`, without an e-mail; with \`defaults: { adopt: true }\` also that of somebody with headshots. Who is a resource of the stack already moves into the roster by \`aliases\`, and keeps the state. \`pulumi-headshotpro import\` writes a file for \`pulumi import\` with everybody who is invited.`;

const IMPORT_TEAM = `## Import

A team is imported by its id, or by its name:

\`\`\`sh
pulumi import headshotpro:index:HeadshotTeam marketing Marketing
\`\`\`

A new resource adopts the team of its name by itself, unless it says \`adopt: false\`.`;

const SECRETS = ["apiKey", "link", "inviteId"];
const token = (name) => `headshotpro:index:${name}`;
const typeNamed = (name) => ({ $ref: `#/types/${token(name)}` });

/** How a type of the program's side is told to other languages; everything else is text, a flag or a count. */
const TYPES = {
  RosterColumns: typeNamed("RosterColumns"),
  RosterDefaults: typeNamed("RosterDefaults"),
  "(string | RosterMemberArgs)[]": {
    type: "array",
    items: { oneOf: [{ type: "string" }, typeNamed("RosterMember")] },
  },
  "Record<string, string | pulumi.Alias>": { type: "object", additionalProperties: { type: "string" } },
  "string[]": { type: "array", items: { type: "string" } },
  "Record<string, number>": { type: "object", additionalProperties: { type: "integer" } },
  "Readonly<Record<string, HeadshotInvite>>": {
    type: "object",
    additionalProperties: typeNamed("ListedInvite"),
  },
  "TeamResult[]": { type: "array", items: typeNamed("Team") },
  "ListedInviteResult[]": { type: "array", items: typeNamed("ListedInvite") },
};

/** The type of a choice, by what chooses. Other text passes as well, as it always did: the plugin says what is wrong. */
const CHOICES = { '"csv" | "yaml"': "RosterFormat", '"ignore" | "warn" | "fail"': "RosterUnmanaged" };

const PLAIN = { string: "string", boolean: "boolean", number: "integer" };

export function schema() {
  const invite = membersOf("headshot-invite.ts", "HeadshotInvite");
  const inviteArgs = membersOf("headshot-invite.ts", "HeadshotInviteArgs");
  const { email, ...defaults } = inviteArgs.members;
  const start = membersOf("headshot-roster.ts", "RosterStart");
  const roster = membersOf("headshot-roster.ts", "HeadshotRoster");
  const rosterArgs = membersOf("headshot-roster.ts", "HeadshotRosterArgs");
  const madeTeam = membersOf("headshot-team.ts", "HeadshotTeam");
  const teamArgs = membersOf("headshot-team.ts", "HeadshotTeamArgs");
  const provider = membersOf("provider.ts", "Provider");
  const providerArgs = membersOf("provider.ts", "ProviderArgs");
  const oneInvite = membersOf("queries.ts", "GetInviteResult");
  const listed = membersOf("queries.ts", "ListedInviteResult");
  const team = membersOf("queries.ts", "TeamResult");
  const npm = JSON.parse(readFileSync(path.join(ROOT, "provider/package.json"), "utf8"));
  const { slug, url } = repository();
  /** A description as the Registry and editors show it: what it is, where to read on, examples, how to import. */
  const documented = (name, description, page, ...more) => {
    const programs = Object.keys(EXAMPLES).filter((file) => file.startsWith(`${name}.`));
    const examples = programs.map((file) => EXAMPLES[file]).join("\n");
    const link = `More: [${page}](${url}/blob/HEAD/docs/${page}).`;
    const block = `{{% examples %}}\n## Example Usage\n${examples}{{% /examples %}}`;
    return [description, link, block, ...more].join("\n\n");
  };
  return {
    name: "headshotpro",
    displayName: "HeadshotPro",
    description: npm.description.replace("Pulumi dynamic provider", "Pulumi provider"),
    keywords: ["pulumi", "headshotpro", "kind/native", "category/utility"],
    publisher: npm.author.name,
    homepage: npm.homepage,
    repository: url,
    logoUrl: `https://raw.githubusercontent.com/${slug}/HEAD/docs/images/logo.svg`,
    pluginDownloadURL: `github://api.github.com/${slug}`,
    license: npm.license,
    attribution: "",
    config: { variables: propertiesOf(without(providerArgs.members, "apiKeyEnv")) },
    provider: { description: provider.description, inputProperties: propertiesOf(providerArgs.members) },
    types: {
      [token("RosterColumns")]: objectOf(
        membersOf("headshot-roster.ts", "RosterColumns").description,
        Object.fromEntries(
          Object.keys({ ...inviteArgs.members, ...start.members }).map((name) => [name, headerOf(name)]),
        ),
      ),
      [token("RosterDefaults")]: objectOf(
        membersOf("headshot-roster.ts", "RosterDefaults").description,
        defaults,
      ),
      [token("RosterMember")]: objectOf(membersOf("headshot-roster.ts", "RosterMemberArgs").description, {
        ...inviteArgs.members,
        ...start.members,
      }),
      [token("ListedInvite")]: objectOf(listed.description, { ...oneInvite.members, ...listed.members }),
      ...Object.fromEntries(
        Object.entries(CHOICES).map(([choice, name]) => [
          token(name),
          { type: "string", enum: valuesOf(choice).map((value) => ({ value })) },
        ]),
      ),
      [token("Team")]: objectOf(team.description, team.members),
    },
    resources: {
      [token("HeadshotInvite")]: {
        description: documented("HeadshotInvite", invite.description, "reference.md", IMPORT_INVITE),
        inputProperties: {
          ...propertiesOf(inviteArgs.members),
          // Another address is another person: the new one is invited before the old invite is revoked.
          email: { ...propertiesOf({ email }).email, willReplaceOnChanges: true },
        },
        requiredInputs: requiredOf(inviteArgs.members),
        listInputs: objectOf(undefined, membersOf("queries.ts", "GetInvitesArgs").members),
        // What is declared is also told; its own documentation is the input's.
        properties: { ...propertiesOf(invite.members, inviteArgs.members) },
        required: requiredOf(invite.members),
        aliases: [{ type: "pulumi-nodejs:dynamic/headshotpro:HeadshotInvite" }],
      },
      [token("HeadshotTeam")]: {
        description: documented("HeadshotTeam", madeTeam.description, "reference.md", IMPORT_TEAM),
        inputProperties: propertiesOf(teamArgs.members),
        requiredInputs: requiredOf(teamArgs.members),
        listInputs: objectOf(undefined, {}),
        properties: propertiesOf(madeTeam.members, teamArgs.members),
        required: requiredOf(madeTeam.members),
        aliases: [{ type: "pulumi-nodejs:dynamic/headshotpro:HeadshotTeam" }],
      },
      [token("HeadshotRoster")]: {
        isComponent: true,
        description: documented("HeadshotRoster", roster.description, "roster.md", IMPORT_ROSTER),
        inputProperties: propertiesOf(rosterArgs.members),
        properties: propertiesOf(roster.members),
        required: requiredOf(roster.members),
      },
    },
    functions: {
      [token("getInvite")]: {
        description: documented("getInvite", functionNamed("queries.ts", "getInvite"), "reference.md"),
        inputs: objectOf(undefined, membersOf("queries.ts", "GetInviteArgs").members),
        // Of somebody whom nobody has invited, there is nothing to tell.
        outputs: { type: "object", properties: propertiesOf(oneInvite.members) },
      },
      [token("getInvites")]: {
        description: documented("getInvites", functionNamed("queries.ts", "getInvites"), "reference.md"),
        inputs: objectOf(undefined, membersOf("queries.ts", "GetInvitesArgs").members),
        outputs: objectOf(undefined, membersOf("queries.ts", "GetInvitesResult").members),
      },
      [token("getTeams")]: {
        description: documented("getTeams", functionNamed("queries.ts", "getTeams"), "reference.md"),
        outputs: objectOf(undefined, membersOf("queries.ts", "GetTeamsResult").members),
      },
    },
    language: {
      csharp: { namespaces: { headshotpro: "HeadshotPro" }, respectSchemaVersion: true },
      go: { generateResourceContainerTypes: true, respectSchemaVersion: true },
      java: { buildFiles: "gradle" },
      nodejs: { packageName: npm.name, respectSchemaVersion: true },
      python: { packageName: "pulumi_headshotpro", respectSchemaVersion: true, pyproject: { enabled: true } },
    },
  };
}

const without = ({ ...members }, name) => {
  delete members[name];
  return members;
};

function objectOf(description, members) {
  return { description, type: "object", properties: propertiesOf(members), required: requiredOf(members) };
}

function headerOf(input) {
  return { type: { type: "string" }, description: `The header of the column that holds \`${input}\`.` };
}

function propertiesOf(members, elsewhere = {}) {
  return Object.fromEntries(
    Object.entries(members).map(([name, { type, description }]) => [
      name,
      {
        ...type,
        description: description || elsewhere[name]?.description,
        ...(SECRETS.includes(name) && { secret: true }),
      },
    ]),
  );
}

function requiredOf(members) {
  return Object.keys(members).filter((name) => members[name].isRequired);
}

function sourceOf(file) {
  const text = readFileSync(path.join(SOURCES, file), "utf8");
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
}

function declarationOf(source, name) {
  const found = source.statements.find((statement) => statement.name?.text === name);
  if (!found) throw new Error(`${source.fileName} has no ${name}`);
  return found;
}

function functionNamed(file, name) {
  const source = sourceOf(file);
  return documentationOf(declarationOf(source, name));
}

/** What is told of an interface, a class or a type, and its public properties. */
function membersOf(file, name) {
  const source = sourceOf(file);
  const declaration = declarationOf(source, name);
  const properties = (declaration.members ?? []).filter(
    (member) => ts.isPropertySignature(member) || ts.isPropertyDeclaration(member),
  );
  return {
    description: documentationOf(declaration),
    members: Object.fromEntries(
      properties.map((member) => {
        const text = member.type.getText(source).replace(/^pulumi\.(In|Out)put<(.*)>$/, "$2");
        const isRequired = !member.questionToken && !/\| undefined$/.test(text);
        return [
          member.name.getText(source),
          { ...read(text), isRequired, description: documentationOf(member) },
        ];
      }),
    ),
  };
}

function read(text) {
  const name = text.replace(/ \| undefined$/, "");
  const choice = CHOICES[name] && { type: "string", oneOf: [{ type: "string" }, typeNamed(CHOICES[name])] };
  const type = TYPES[name] ?? choice ?? (PLAIN[name] && { type: PLAIN[name] });
  if (!type) throw new Error(`the schema has no type for ${text}`);
  return { type };
}

/** @example valuesOf('"csv" | "yaml"'); // ["csv", "yaml"] */
function valuesOf(choice) {
  return [...choice.matchAll(/"(\w+)"/g)].map(([, value]) => value);
}

/** The page for Pulumi's Registry, with the first example in each language. */
export function registryPage() {
  const chooser = /(?<=^{{< chooser language "(.*?)" >}}\n)[\s\S]*?(?=^{{< \/chooser >}}$)/m;
  return readFileSync(PAGE, "utf8").replace(chooser, (_, languages) => {
    const programs = languages.split(",").map((language) => {
      const [, program] = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(
        EXAMPLES["HeadshotInvite.1"],
      );
      const fence = language === "typescript" ? "ts" : language;
      return `{{% choosable language ${language} %}}\n\n\`\`\`${fence}\n${program}\`\`\`\n\n{{% /choosable %}}\n`;
    });
    return `\n${programs.join("")}\n`;
  });
}

/** What a doc comment says, and of its tags what holds for every language: an example is in one. */
function documentationOf(node) {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  if (!comment) return "";
  return ts
    .getTextOfJSDocComment(comment.comment)
    .replace(/\{@link (?:\w+\.)?(\w+)\}/g, "`$1`")
    .replace(/(?<!\n)\n(?!\n)/g, " ");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(FILE, `${JSON.stringify(schema(), undefined, 2)}\n`);
  writeFileSync(PAGE, registryPage());
}
