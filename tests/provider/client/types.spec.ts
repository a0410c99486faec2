import assert from "node:assert/strict";
import { join } from "node:path";
import ts from "typescript";

const CONSUMER = join(__dirname, "consumer.ts");

const PROGRAM = `
import {
  DEFAULT_BASE_URL, HeadshotProClient, ApiError, isApiError, parseBaseUrl,
  type ClientOptions, type Failure, type FailureReason, type Invite, type InviteList, type ListedInvite, type RequestHooks,
  type SentInvite,
} from "pulumi-headshotpro/client";

const options: ClientOptions = { apiKey: "hp_key", baseUrl: parseBaseUrl(DEFAULT_BASE_URL) };
const hooks: RequestHooks = { beforeRequest: async () => {}, afterResponse: (info) => console.log(info?.remaining) };
export async function everything(client = new HeadshotProClient(options)): Promise<string | undefined> {
  const list: InviteList = await client.listInvites(hooks);
  const first: ListedInvite | undefined = list.invites[0];
  const one: Invite | undefined = await client.getInvite("ada@acme.com");
  const sent: SentInvite = await client.createInvite({ email: "ada@acme.com" });
  const revoked: boolean = await client.revokeInvite("ada@acme.com");
  return [first?.teamName, one?.modelId, sent.link, revoked, list.unreadable].join();
}
export function reasonOf(error: unknown): FailureReason | undefined {
  const failure: Failure | ApiError | undefined = isApiError(error) ? error : undefined;
  return failure?.reason;
}
// @ts-expect-error a status is text: the types are not merely "any"
export const wrong: number = ({} as Invite).status;
`;

/** The diagnostics of a consumer who checks the libraries too, and has none of our own compiler's settings. */
function compiled(): { messages: string[]; files: string[] } {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    target: ts.ScriptTarget.ES2022,
    esModuleInterop: false,
    skipLibCheck: false,
    strict: true,
    noEmit: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === CONSUMER || fileExists(file);
  host.getSourceFile = (file, ...rest) =>
    file === CONSUMER
      ? ts.createSourceFile(file, PROGRAM, ts.ScriptTarget.ES2022)
      : getSourceFile(file, ...rest);
  const program = ts.createProgram([CONSUMER], options, host);
  return {
    messages: ts.getPreEmitDiagnostics(program).map((one) => ts.formatDiagnostic(one, formatting)),
    files: program.getSourceFiles().map(({ fileName }) => fileName),
  };
}

const formatting: ts.FormatDiagnosticsHost = {
  getCurrentDirectory: () => __dirname,
  getCanonicalFileName: (file) => file,
  getNewLine: () => "\n",
};

describe("client: its types", () => {
  it("compile for CommonJS without esModuleInterop, with libraries checked, and need nobody else's", () => {
    const { messages, files } = compiled();
    assert.deepEqual(messages, []);
    const foreign = files.filter(
      (file) => !/\/typescript\/lib\/|\/provider\/dist\/|consumer\.ts$/.test(file),
    );
    assert.deepEqual(foreign, []);
  });
});
