import {
  CheckFailure,
  type CheckRequest,
  CheckResponse,
  type CreateRequest,
  CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  DiffResponse,
  type ReadRequest,
  ReadResponse,
  type UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Declarations } from "../invite/declarations";
import { UNKNOWN } from "../invite/inputs";
import type { InviteInputs } from "../invite/invite";
import { SECRET_OUTPUTS } from "../invite/secret-outputs";
import { nameOf } from "../invite/urn";
import type { InviteProvider } from "../provider/invite-provider";
import { PartialUpdateError } from "../user-error";
import { InPart } from "./errors";
import { type Properties, structOf, type Values, valuesOf } from "./values";

/** The verbs of one provider as the engine calls them: its messages in, the verbs' values through, messages out. */
export class InviteVerbs {
  constructor(
    private readonly provider: InviteProvider,
    private readonly declared: Declarations,
  ) {}

  async check(request: CheckRequest): Promise<CheckResponse> {
    const [olds, news] = [valuesOf(request.getOlds()), valuesOf(request.getNews())];
    const { inputs, failures } = await this.provider.check(olds.plain, news.plain);
    const { email } = inputs;
    const twice =
      typeof email === "string" && email !== UNKNOWN
        ? this.declared.declare(email, request.getUrn(), JSON.stringify(nameOf(request.getUrn())))
        : undefined;
    const all = twice === undefined ? failures : [...failures, { property: "", reason: twice }];
    return new CheckResponse()
      .setInputs(structOf(inputs, secretInputs(inputs, olds, news)))
      .setFailuresList(
        all.map(({ property, reason }) => new CheckFailure().setProperty(property).setReason(reason)),
      );
  }

  async diff(request: DiffRequest): Promise<DiffResponse> {
    const news = inputsIn(request.getNews());
    const found = await this.provider.diff(request.getId(), valuesOf(request.getOlds()).plain, news.inputs);
    const { DIFF_SOME, DIFF_NONE, DIFF_UNKNOWN } = DiffResponse.DiffChanges;
    const changes = { true: DIFF_SOME, false: DIFF_NONE, undefined: DIFF_UNKNOWN }[String(found.changes)];
    return new DiffResponse()
      .setChanges(changes ?? DIFF_UNKNOWN)
      .setReplacesList(found.replaces ?? [])
      .setDeletebeforereplace(found.deleteBeforeReplace ?? false);
  }

  async create(request: CreateRequest): Promise<CreateResponse> {
    const { inputs, secrets } = inputsIn(request.getProperties());
    if (request.getPreview())
      return new CreateResponse().setProperties(outputs(this.provider.foresee(inputs), secrets));
    const { id, outs } = await this.provider.create(inputs);
    return new CreateResponse().setId(id).setProperties(outputs(outs, secrets));
  }

  async read(request: ReadRequest): Promise<ReadResponse> {
    const known = valuesOf(request.getProperties());
    const { id, props = {}, inputs = {} } = await this.provider.read(request.getId(), known.plain);
    if (id === undefined) return new ReadResponse();
    return new ReadResponse()
      .setId(id)
      .setProperties(outputs(props, known.secrets))
      .setInputs(structOf(inputs, valuesOf(request.getInputs()).secrets));
  }

  async update(request: UpdateRequest): Promise<UpdateResponse> {
    const id = request.getId();
    const state = valuesOf(request.getOlds()).plain;
    const { inputs, secrets } = inputsIn(request.getNews());
    if (request.getPreview())
      return new UpdateResponse().setProperties(
        outputs(this.provider.foresee(inputs, { id, state }), secrets),
      );
    try {
      const { outs } = await this.provider.update(id, state, inputs);
      return new UpdateResponse().setProperties(outputs(outs, secrets));
    } catch (error) {
      throw error instanceof PartialUpdateError
        ? new InPart(error, outputs(error.properties, secrets))
        : error;
    }
  }

  async delete(request: DeleteRequest): Promise<Empty> {
    await this.provider.delete(request.getId(), valuesOf(request.getProperties()).plain);
    return new Empty();
  }
}

/** Checked inputs, which is what every verb after `check` gets. */
function inputsIn(struct: Parameters<typeof valuesOf>[0]): {
  inputs: InviteInputs;
  secrets: Iterable<string>;
} {
  const { plain, secrets } = valuesOf(struct);
  return { inputs: plain as unknown as InviteInputs, secrets };
}

/** An input that the program leaves out may be carried over from the state, with what it is there. */
function secretInputs(inputs: Properties, olds: Values, news: Values): string[] {
  return Object.keys(inputs).filter((name) => (name in news.plain ? news : olds).secrets.has(name));
}

function outputs(outs: Properties, secrets: Iterable<string>) {
  return structOf(outs, [...secrets, ...SECRET_OUTPUTS]);
}
