import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { PeerFiles } from "../dynamic/peer-files";
import { UNKNOWN } from "../invite/inputs";
import { type InviteInputs, SECRET_OUTPUTS } from "../invite/invite";
import { filterProblem, unreadableRows } from "../invite/people";
import { plainName } from "../invite/team";
import { outputsOf } from "../provider/outputs";
import { InviteProvider } from "../provider/provider";
import { Declarations, ONE_TEAM } from "../roster/declarations";
import { nameOf, PLUGIN_INVITE_TYPE, PLUGIN_TEAM_TYPE, ROSTER_TYPE, typeOf } from "../urn";
import { PartialUpdateError, UserError } from "../user-error";
import { configurationReader } from "./configuration";
import { partialFailure } from "./grpc";
import { EngineLog } from "./log";
import { fromStruct, type Properties, toStruct } from "./marshal";

/** The operations of a resource, whatever it is: what they are given is what `check` of the same has passed. */
type Operations = Pick<
  InviteProvider,
  "check" | "diff" | "create" | "read" | "update" | "delete" | "plannedOutputs"
>;

const FUNCTIONS: Record<string, (provider: InviteProvider, args: Properties) => Promise<object>> = {
  // Nobody has invited the person: there is nothing to answer.
  "headshotpro:index:getInvite": async (provider, { email }) => (await provider.getInvite(email)) ?? {},
  "headshotpro:index:getInvites": (provider, which) => provider.getInvites(which),
  "headshotpro:index:getTeams": (provider) => provider.getTeams(),
};

const NO_DIRECT_ROSTER =
  "A roster needs a program, whose stack knows who was in it before: `pulumi do` cannot make, read or delete one. " +
  "Invite one person with headshotpro:HeadshotInvite, or declare the roster in a program.";

/**
 * A provider as the engine has configured it: one organization, for one run of a command. Each operation takes the
 * engine's message and answers with one.
 */
export class ConfiguredProvider {
  private readonly log: EngineLog;
  private readonly provider: InviteProvider;
  private readonly declared = new Declarations();
  private readonly declaredTeams = new Declarations(ONE_TEAM);
  /** Aborted when a person's check has refused a roster, whose construction ends then. */
  private readonly refused = new AbortController();
  /**
   * `urn::id`: what a resource names this provider by. With its version instead, the engine would start a second one,
   * with a pace of its own.
   */
  private readonly reference: string;
  /** Whether `pulumi do` asks. */
  private readonly isDirect: boolean;

  constructor(request: proto.ConfigureRequest, engineAddress: string, env: NodeJS.ProcessEnv) {
    this.log = new EngineLog(engineAddress);
    const read = configurationReader(request);
    this.isDirect = read("direct") === "true";
    this.provider = new InviteProvider({
      // `pulumi do` prints its JSON and a plain line alike to stdout, where a program reads the JSON.
      log: (line) => (this.isDirect ? this.log.warn(line) : this.log.info(line)),
      env,
      peers: new PeerFiles(engineAddress),
    });
    this.provider.configure(read);
    this.reference = `${request.getUrn()}::${request.getId()}`;
  }

  check(request: proto.CheckRequest): Promise<proto.CheckResponse> {
    return this.about(request, async (operations) => {
      const [olds, news] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
      const { inputs, failures } = await operations.check(olds.plain, news.plain);
      if ("__refusal" in news.plain) this.refused.abort();
      const twice = this.duplicate(inputs, request.getUrn());
      if (twice !== undefined) failures.push({ property: "", reason: twice });
      // An input that `check` has carried over from the state is secret if it is so there.
      const secrets = Object.keys(inputs).filter((name) =>
        (name in news.plain ? news : olds).secrets.has(name),
      );
      return new proto.CheckResponse()
        .setInputs(toStruct(inputs, secrets))
        .setFailuresList(
          failures.map(({ property, reason }) =>
            new proto.CheckFailure().setProperty(property).setReason(reason),
          ),
        );
    });
  }

  private duplicate({ email, name }: Properties, urn: string): string | undefined {
    const place = JSON.stringify(nameOf(urn));
    const known = (value: unknown): value is string => typeof value === "string" && value !== UNKNOWN;
    if (known(email)) return this.declared.declare(email, urn, place);
    const team = `The team ${JSON.stringify(name)}`;
    return known(name) ? this.declaredTeams.declare(plainName(name), urn, place, team) : undefined;
  }

  diff(request: proto.DiffRequest): Promise<proto.DiffResponse> {
    return this.about(request, async (operations) => {
      const { inputs } = checkedInputs(request.getNews());
      const known = fromStruct(request.getOlds()).plain;
      const { changes, replaces, deleteBeforeReplace } = await operations.diff(
        request.getId(),
        known,
        inputs,
      );
      const { DIFF_SOME, DIFF_NONE, DIFF_UNKNOWN } = proto.DiffResponse.DiffChanges;
      return new proto.DiffResponse()
        .setChanges(changes === undefined ? DIFF_UNKNOWN : changes ? DIFF_SOME : DIFF_NONE)
        .setReplacesList(replaces ?? [])
        .setDeletebeforereplace(deleteBeforeReplace ?? false);
    });
  }

  create(request: proto.CreateRequest): Promise<proto.CreateResponse> {
    return this.about(request, async (operations) => {
      const { inputs, secrets } = checkedInputs(request.getProperties());
      if (request.getPreview()) {
        const planned = operations.plannedOutputs(inputs);
        return new proto.CreateResponse().setProperties(toOutputs(planned, secrets));
      }
      const { id, outs } = await this.provider.within(request.getTimeout(), () => operations.create(inputs));
      return new proto.CreateResponse().setId(id).setProperties(toOutputs(outs, secrets));
    });
  }

  read(request: proto.ReadRequest): Promise<proto.ReadResponse> {
    return this.about(request, async (operations) => {
      const known = fromStruct(request.getProperties());
      const { id, props = {}, inputs } = await operations.read(request.getId(), known.plain);
      if (id === undefined) return new proto.ReadResponse();
      return new proto.ReadResponse()
        .setId(id)
        .setProperties(toOutputs(props, known.secrets))
        .setInputs(inputs && toStruct(inputs, fromStruct(request.getInputs()).secrets));
    });
  }

  update(request: proto.UpdateRequest): Promise<proto.UpdateResponse> {
    return this.about(request, async (operations) => {
      const id = request.getId();
      const state = fromStruct(request.getOlds()).plain;
      const { inputs, secrets } = checkedInputs(request.getNews());
      if (request.getPreview()) {
        const planned = operations.plannedOutputs(inputs, { id, state });
        return new proto.UpdateResponse().setProperties(toOutputs(planned, secrets));
      }
      try {
        const { outs } = await this.provider.within(request.getTimeout(), () =>
          operations.update(id, state, inputs),
        );
        return new proto.UpdateResponse().setProperties(toOutputs(outs, secrets));
      } catch (error) {
        if (!(error instanceof PartialUpdateError)) throw error;
        throw partialFailure(error, toOutputs(error.properties, secrets));
      }
    });
  }

  delete(request: proto.DeleteRequest): Promise<Empty> {
    return this.about(request, async (operations) => {
      const known = fromStruct(request.getProperties()).plain;
      await this.provider.within(request.getTimeout(), () => operations.delete(request.getId(), known));
      return new Empty();
    });
  }

  /** Answers one of the package's functions. @throws UserError */
  invoke(request: proto.InvokeRequest): Promise<proto.InvokeResponse> {
    return this.log.about("", async () => {
      const token = request.getTok();
      const ask = FUNCTIONS[token];
      if (!ask) throw new UserError(`There is no function ${token}.`);
      const answer = await ask(this.provider, givenIn(request.getArgs()));
      return new proto.InvokeResponse().setReturn(toStruct(outputsOf(answer)));
    });
  }

  /**
   * Lists the people of the organization by their addresses, those with a status or in a team; or its teams.
   *
   * @returns at most a page of them, and where the next one begins if there is one.
   * @throws UserError
   */
  list(request: proto.ListRequest): Promise<proto.ListResponse[]> {
    return this.log.about("", async () => {
      const token = request.getToken();
      if (token === PLUGIN_TEAM_TYPE) return listResponses((await this.provider.getTeams()).teams, request);
      if (token !== PLUGIN_INVITE_TYPE)
        throw new UserError(`Resources of the type ${token} cannot be listed.`);
      const which = givenIn(request.getQuery());
      if (Object.values(which).includes(UNKNOWN))
        return [new proto.ListResponse().setComputed(new proto.ListResponse.Computed())];
      const { invites, unreadable } = await this.provider.getInvites(which);
      const rows = unreadableRows(unreadable);
      if (rows !== undefined) this.log.warn(`${rows}: whoever is in them is not listed`);
      if (invites.length === 0 && typeof which.status === "string") {
        // Unknown statuses pass, because HeadshotPro may get new ones; a misspelt one would only find nobody.
        const everyone = (await this.provider.getInvites()).invites;
        const problem = filterProblem(everyone, { statuses: [which.status] });
        if (problem !== undefined) this.log.warn(problem);
      }
      const people = invites.map(({ email }) => ({ id: email, name: email }));
      return listResponses(people, request);
    });
  }

  /** Makes a roster, and everybody in it. @throws UserError */
  async construct(request: proto.ConstructRequest): Promise<proto.ConstructResponse> {
    if (request.getType() !== ROSTER_TYPE)
      throw new UserError(`There is no component of the type ${request.getType()}.`);
    // Loaded late, as in a program: most have no roster.
    const { Monitor } = require("./monitor") as typeof import("./monitor");
    const { Roster } = require("./roster") as typeof import("./roster");
    const monitor = new Monitor(request.getMonitorendpoint());
    try {
      const { provider, reference, declared, log } = this;
      const refused = this.refused.signal;
      return await new Roster(request, { monitor, provider, reference, declared, log, refused }).construct();
    } finally {
      monitor.close();
    }
  }

  /** Carries out an operation about a resource; what it logs stands beside it. @throws UserError */
  private about<Reply>(
    request: { getUrn(): string },
    operation: (operations: Operations) => Promise<Reply>,
  ): Promise<Reply> {
    const urn = request.getUrn();
    const type = typeOf(urn);
    if (this.isDirect && type === ROSTER_TYPE) throw new UserError(NO_DIRECT_ROSTER);
    if (type === PLUGIN_INVITE_TYPE) return this.log.about(urn, () => operation(this.provider));
    if (type !== PLUGIN_TEAM_TYPE) throw new UserError(`There is no resource of the type ${type}.`);
    return this.log.about(urn, () => operation(this.provider.teams as unknown as Operations));
  }
}

/** Arguments without those that are null, which are as good as left out. */
function givenIn(struct: Struct | undefined): Properties {
  const given = Object.entries(fromStruct(struct).plain).filter(([, value]) => value !== null);
  return Object.fromEntries(given);
}

/** The inputs of every operation after `check`. */
function checkedInputs(struct: Struct | undefined): { inputs: InviteInputs; secrets: Iterable<string> } {
  const { plain, secrets } = fromStruct(struct);
  return { inputs: plain as unknown as InviteInputs, secrets };
}

/** One page of a list by ids: the token of a page is the last id before it. */
function listResponses(
  all: readonly { id: string; name: string }[],
  request: proto.ListRequest,
): proto.ListResponse[] {
  const after = request.getContinuationToken();
  const rest = all.filter(({ id }) => id > after).sort((a, b) => (a.id < b.id ? -1 : 1));
  const wanted = request.getLimit() > 0 ? rest.slice(0, request.getLimit()) : rest;
  const page = request.getPageSize() > 0 ? wanted.slice(0, request.getPageSize()) : wanted;
  const { Continuation, Result } = proto.ListResponse;
  const responses = page.map(({ id, name }) =>
    new proto.ListResponse().setResult(new Result().setId(id).setName(name)),
  );
  const next = page.at(-1)?.id ?? "";
  if (page.length < wanted.length)
    responses.push(new proto.ListResponse().setContinuation(new Continuation().setContinuationToken(next)));
  return responses;
}

function toOutputs(outs: Properties, secrets: Iterable<string>): Struct {
  return toStruct(outs, [...secrets, ...SECRET_OUTPUTS]);
}
