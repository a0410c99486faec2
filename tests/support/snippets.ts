/** The fenced blocks of a language in a Markdown page, in order. */
export function snippets(page: string, language: string): string[] {
  const blocks = page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"));
  return [...blocks].map(([, text]) => text ?? "");
}

/** The commands in shell blocks, as words: each part of a pipe by itself, without comments and variables set. */
export function commands(page: string): string[][] {
  return snippets(page, "sh")
    .flatMap((block) => block.split("\n"))
    .flatMap((line) => line.replace(/\s+#.*/, "").split(" | "))
    .map((command) =>
      command
        .trim()
        .split(/\s+/)
        .filter((word, _, words) => words[0] === "export" || !/^[A-Z_]+=/.test(word)),
    )
    .filter(([program]) => program);
}
