/** A declaration of a person, `zoe` being zoe@acme.eu, as a line of a program. */
export function invite(name: string, options = "{}", args = ""): string {
  return `new HeadshotInvite("${name}", { email: "${name}@acme.eu", ${args} }, ${options});\n`;
}

/** One of several. */
export function roster(name: string, members: readonly string[], options = "{}"): string {
  return `new HeadshotRoster("${name}", { members: ${JSON.stringify(members)} }, ${options});\n`;
}
