import { cpSync, readFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { run } from "../tools";
import { isAtHand, runProject, type SdkTrial } from "./sdks";

const ROOT = resolve(__dirname, "../../..");
/** The generators for C# and Java, and the host that runs programs in Java. */
const OTHERS = join(ROOT, "tools/sdks/others");
const HOST = "github.com/pulumi/pulumi-java/pkg/cmd/pulumi-language-java";

/** The newest of Pulumi's SDK for Java. */
const PULUMI = "1.36.1";

/** A project as `pulumi new` makes it, with the SDK's sources where `pulumi package add` puts them. */
const POM = `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId>
  <artifactId>people</artifactId>
  <version>1.0.0</version>
  <properties>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
    <maven.compiler.source>11</maven.compiler.source>
    <maven.compiler.target>11</maven.compiler.target>
    <mainClass>people.App</mainClass>
    <mainArgs/>
  </properties>
  <dependencies>
    <dependency><groupId>com.pulumi</groupId><artifactId>pulumi</artifactId><version>${PULUMI}</version></dependency>
    <dependency><groupId>com.google.code.findbugs</groupId><artifactId>jsr305</artifactId><version>3.0.2</version></dependency>
  </dependencies>
  <build>
    <resources><resource><directory>sdks/headshotpro/src/main/resources</directory></resource></resources>
    <plugins>
      <plugin>
        <groupId>org.codehaus.mojo</groupId><artifactId>build-helper-maven-plugin</artifactId><version>3.6.0</version>
        <executions><execution>
          <phase>generate-sources</phase>
          <goals><goal>add-source</goal></goals>
          <configuration><sources><source>sdks/headshotpro/src/main/java</source></sources></configuration>
        </execution></executions>
      </plugin>
      <plugin>
        <groupId>org.codehaus.mojo</groupId><artifactId>exec-maven-plugin</artifactId><version>3.5.0</version>
        <configuration><mainClass>\${mainClass}</mainClass><commandlineArgs>\${mainArgs}</commandlineArgs></configuration>
      </plugin>
    </plugins>
  </build>
</project>
`;

/**
 * Generates the SDKs for C# and Java, compiles that for Java, and runs with it the program of the page for Pulumi's
 * Registry; says what was done.
 */
export async function tryJava(trial: SdkTrial): Promise<string> {
  const missing = ["go", "javac", "mvn"].find((command) => !isAtHand(command));
  if (missing !== undefined) return `– neither C# nor Java: there is no ${missing} on this machine`;
  const generated = join(trial.folder, "others");
  await run("go", ["run", ".", ROOT, generated], { cwd: OTHERS });
  const host = join(trial.folder, "java-host");
  await run("go", ["build", "-trimpath", "-o", join(host, "pulumi-language-java"), HOST], { cwd: OTHERS });

  const engine = { ...trial.engine, path: [host, trial.engine.path].join(delimiter) };
  const files = { "pom.xml": POM, "src/main/java/people/App.java": programOfThePage() };
  await runProject({ language: "java", files, people: 1 }, { ...trial, engine }, async ({ project }) => {
    cpSync(join(generated, "java"), join(project, "sdks/headshotpro"), { recursive: true });
    return {};
  });
  return "✔ the Registry page's program in Java, with the SDK and the plugin's archive; the SDK for C# is generated, and nothing here compiles it";
}

function programOfThePage(): string {
  const page = readFileSync(join(ROOT, "docs/_index.md"), "utf8");
  const [, program] = /```java\n(.*?)```/s.exec(page) ?? [];
  if (program === undefined) throw new Error("docs/_index.md has no program in Java");
  return program;
}
