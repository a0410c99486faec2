import { type ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { type RegisterResourceResponse, Result } from "@pulumi/pulumi/proto/resource_pb";
import { UNKNOWN } from "../invite/inputs";
import { countByStatus } from "../invite/people";
import type { InviteProvider } from "../provider/provider";
import type { Declarations } from "../roster/declarations";
import { loadRoster, type RosterArguments, withDefaults } from "../roster/load";
import { readRecordedPeople } from "../roster/recorded-people";
import { PLUGIN_INVITE_TYPE } from "../urn";
import { UserError } from "../user-error";
import type { EngineLog } from "./log";
import { fromStruct, type Properties, secretNamesIn, toStruct } from "./marshal";
import type { Monitor } from "./monitor";
import {
  formerRosterNames,
  toMemberAliases,
  toMemberRegistration,
  toRosterRegistration,
  USUAL_ALIASES,
} from "./registrations";
import { admission } from "./roster-admission";

/** What a roster of one provider is made with. */
interface RosterSurroundings {
  monitor: Monitor;
  declared: Declarations;
  log: EngineLog;
  provider: InviteProvider;
  /** What everybody in the roster names the provider by: `urn::id`. */
  reference: string;
  /** Aborted when the check of somebody has refused a roster. */
  refused: AbortSignal;
}

/** What a program may give a roster beside what its people are read from. */
interface Arguments extends RosterArguments {
  unmanaged?: "ignore" | "warn" | "fail" | null;
  maxRemovals?: number | null;
  aliases?: Record<string, unknown> | null;
}

/** What is told of each person of a roster. */
const TOLD = ["email", "status", "modelId", "teamId", "teamName", "createdAt", "expiresAt"] as const;

/** The component: registers itself and each person, as the SDK does for a component of TypeScript. */
export class Roster {
  private readonly name: string;
  private readonly args: Arguments;

  constructor(
    private readonly request: ConstructRequest,
    private readonly surroundings: RosterSurroundings,
  ) {
    this.name = request.getName();
    this.args = fromStruct(request.getInputs()).plain as Arguments;
  }

  /** @throws UserError if nobody in it is touched, because something is wrong with it. */
  async construct(): Promise<ConstructResponse> {
    const { monitor, provider, log, declared, reference, refused } = this.surroundings;
    const { members, notes } = loadRoster(this.name, this.args);
    declared.expect(members.map(({ email }) => email));
    const { name, args, stack } = this;
    const recorded = await readRecordedPeople(stack, (token, args) => monitor.invoke(token, args));
    const names = formerRosterNames(this.request.getAliasesList());
    const applicant = { name, formerNames: names, args, members, recorded, declared: declared.people() };
    const { refusal, warning, changes } = await admission(provider, applicant);
    if (refusal && members.length + refusal.leaving.length === 0) throw new UserError(refusal.message);
    const component = (await monitor.register(toRosterRegistration(this.request))).getUrn();
    await log.about(component, async () => {
      if (notes.length) log.info(`${this.args.file}: ${notes.join("; ")}`);
      if (warning !== undefined) log.warn(warning);
      if (changes !== undefined) log.info(changes);
    });
    for (const { email, where } of members)
      declared.notePlace(
        childUrn(component, `${this.name}/${email}`),
        `the roster ${JSON.stringify(this.name)} (${where})`,
      );
    const former = toMemberAliases(this.args.aliases);
    const secrets = secretNamesIn(this.request.getInputs());
    // Whoever would leave a roster that is refused is declared once more, so that their check fails as well.
    const leaving = (refusal?.leaving ?? []).map((email) => ({ email, where: "" }));
    const registrations = Promise.all(
      [...members, ...leaving].map(({ email, where, ...own }) => {
        // The provider's check fails with it. `destroy --run-program` checks nobody, and goes on.
        const __refusal = refusal?.message;
        const inputs = { ...withDefaults<Properties>(this.args.defaults, own), email, __refusal };
        const aliases = former.get(email) ?? USUAL_ALIASES;
        const person = { component, email, inputs, secrets, reference, aliases };
        return monitor.register(toMemberRegistration(this.request, person));
      }),
    );
    const registered = await (refusal ? unlessRefused(registrations, refused) : registrations);
    const invites = registered.map(toldOf);
    const told: Properties = {
      invites: Object.fromEntries(members.map(({ email }, index) => [email, invites[index]])),
    };
    // Of somebody who failed the engine tells itself; under `--continue-on-error` the others go on.
    if (registered.every((one) => one.getResult() === Result.SUCCESS)) {
      const statuses = invites.map(({ status }) => status);
      told.summary = statuses.every(isKnownText) ? countByStatus(statuses) : UNKNOWN;
      await monitor.registerOutputs(component, { summary: told.summary });
    }
    return answerOf(component, told, registered);
  }

  /** `organization/project/stack` */
  private get stack(): string {
    const { request } = this;
    return [request.getOrganization(), request.getProject(), request.getStack()].join("/");
  }
}

/** @throws UserError when the check of one of the people has refused the roster: the engine ends, and answers nobody. */
function unlessRefused<T>(registrations: Promise<T>, refused: AbortSignal): Promise<T> {
  const refusal = new Promise<never>((_, reject) => {
    const reason = new UserError("nobody in it is touched, for the reason that one of its people shows");
    refused.addEventListener("abort", () => reject(reason));
  });
  return Promise.race([registrations, refusal]);
}

/** What a program sees of a person, and a preview as far as it is known. */
function toldOf(registered: RegisterResourceResponse): Properties {
  const { plain } = fromStruct(registered.getObject());
  return Object.fromEntries(
    TOLD.map((name) => [name, plain[name]]).filter(([, value]) => value !== undefined),
  );
}

function isKnownText(value: unknown): value is string {
  return typeof value === "string" && value !== UNKNOWN;
}

/** The URN that the engine gives a component's child. */
function childUrn(component: string, name: string): string {
  const [urn, project, types] = component.split("::");
  return [urn, project, `${types}$${PLUGIN_INVITE_TYPE}`, name].join("::");
}

/** Whatever comes of the roster comes of everybody in it. */
function answerOf(
  component: string,
  told: Properties,
  registered: readonly RegisterResourceResponse[],
): ConstructResponse {
  const answer = new ConstructResponse().setUrn(component).setState(toStruct(told));
  const people = new ConstructResponse.PropertyDependencies().setUrnsList(
    registered.map((one) => one.getUrn()),
  );
  for (const name of Object.keys(told)) answer.getStatedependenciesMap().set(name, people);
  return answer;
}
