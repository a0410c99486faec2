import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { UNKNOWN } from "../invite/inputs";
import type { ReadConfiguration } from "../provider/context";
import { type Environment, providerKeyProblem, resolveSettings } from "../settings";
import { unknownProperty } from "../text";
import { explicitProviderNamed, nameOf } from "../urn";
import { UserError } from "../user-error";
import { fromStruct, type Properties, toStruct } from "./marshal";
import schema from "./schema.json";

const NAMES = Object.keys(schema.provider.inputProperties);

/** What the engine adds to a provider's own inputs. */
const ENGINE_OWN = /^(version|plugin[A-Z]\w*|__\w+)$/;

/** Reports all that is wrong with a provider's configuration, once for everybody whom it manages. */
export function checkConfig(request: proto.CheckRequest, env: Environment): proto.CheckResponse {
  const { plain } = fromStruct(request.getNews());
  const problems = findProblems(plain, explicitProviderNamed(nameOf(request.getUrn())), env);
  // With a property's name the engine would quote its value, and that may be the key.
  const failures = problems.map((reason) => new proto.CheckFailure().setReason(reason));
  return new proto.CheckResponse().setInputs(toStruct(plain, ["apiKey"])).setFailuresList(failures);
}

/** Another key is an update of the provider, never a replacement: each person's state says whether they move with it. */
export function diffConfig(request: proto.DiffRequest): proto.DiffResponse {
  const olds = fromStruct(request.getOldInputs()).plain;
  const news = fromStruct(request.getNews()).plain;
  const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
  const changed = names.filter((name) => toText(olds[name]) !== toText(news[name]));
  const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
  return new proto.DiffResponse().setChanges(changed.length ? DIFF_SOME : DIFF_NONE).setDiffsList(changed);
}

/**
 * Reads the configuration of a provider that the engine has started. `pulumi do` gives its provider no name, and the
 * configuration then says that it is `direct`.
 *
 * @throws Error if the engine does not say which provider it is: the default one's key might be another organization's.
 */
export function configurationReader(request: proto.ConfigureRequest): ReadConfiguration {
  const urn = request.getUrn();
  if (!urn) throw new Error("This version of Pulumi does not say which provider it configures: update it.");
  const [name, { plain }] = [nameOf(urn), fromStruct(request.getArgs())];
  return name === "" ? reader({ ...plain, direct: true }) : reader(plain, explicitProviderNamed(name));
}

function reader(plain: Properties, provider?: string): ReadConfiguration {
  return (key) => (key === "provider" ? provider : toText(plain[key]));
}

function findProblems(plain: Properties, provider: string | undefined, env: Environment): string[] {
  if (provider !== undefined) {
    const unknown = Object.keys(plain).filter((name) => !ENGINE_OWN.test(name) && !NAMES.includes(name));
    const problems = unknown.map((name) => unknownProperty(name, NAMES));
    const keyProblem = providerKeyProblem(provider, plain);
    if (keyProblem !== undefined) problems.push(keyProblem);
    if (problems.length > 0) return problems;
  }
  if (Object.values(plain).flat().includes(UNKNOWN)) return [];
  try {
    resolveSettings(reader(plain, provider), env);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [error.message];
  }
}

/** Some languages send text for a flag, a number or a list, others the value itself. */
function toText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}
