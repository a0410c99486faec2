// Converts the YAML programs of docs/yaml into the other languages, as Pulumi's Registry shows examples. The schema has
// them (tools/schema.mjs), and a test previews each YAML program as it stands.
//
//	cd tools/schema-examples && go run . ../..                  into docs/yaml/examples.json
//	cd tools/schema-examples && go run . ../.. /tmp/other.json  elsewhere, for the test that compares the two
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/blang/semver"
	"github.com/hashicorp/hcl/v2"
	"github.com/pulumi/pulumi-java/pkg/codegen/java"
	"github.com/pulumi/pulumi-yaml/pkg/pulumiyaml"
	yaml "github.com/pulumi/pulumi-yaml/pkg/pulumiyaml/codegen"
	"github.com/pulumi/pulumi/pkg/v3/codegen/dotnet"
	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// Has the one package that the programs use.
type loader struct{ pkg *schema.Package }

func (l loader) LoadPackage(string, *semver.Version) (*schema.Package, error) { return l.pkg, nil }

func (l loader) LoadPackageV2(context.Context, *schema.PackageDescriptor) (*schema.Package, error) {
	return l.pkg, nil
}

func (l loader) LoadPackageReference(string, *semver.Version) (schema.PackageReference, error) {
	return l.pkg.Reference(), nil
}

func (l loader) LoadPackageReferenceV2(context.Context, *schema.PackageDescriptor) (schema.PackageReference, error) {
	return l.pkg.Reference(), nil
}

func packageIn(root string) loader {
	text, err := os.ReadFile(filepath.Join(root, "provider/src/plugin/schema.json"))
	check(err)
	var spec schema.PackageSpec
	check(json.Unmarshal(text, &spec))
	spec.Version = "0.1.0"
	// Where `pulumi package add` puts the SDK for Go.
	spec.Language["go"] = schema.RawMessage(`{"importBasePath": "github.com/headshotpro-community/pulumi-headshotpro/sdk/go/headshotpro"}`)
	pkg, problems, err := schema.BindSpec(spec, loader{}, schema.ValidationOptions{})
	check(err)
	if problems.HasErrors() {
		log.Fatal(problems)
	}
	return loader{pkg}
}

var languages = []struct {
	fence    string
	generate func(*pcl.Program) (map[string][]byte, hcl.Diagnostics, error)
}{
	{"typescript", nodejs.GenerateProgram},
	{"python", python.GenerateProgram},
	{"go", golang.GenerateProgram},
	{"csharp", dotnet.GenerateProgram},
	{"java", java.GenerateProgram},
}

func main() {
	root := os.Args[1]
	target := filepath.Join(root, "docs/yaml/examples.json")
	if len(os.Args) > 2 {
		target = os.Args[2]
	}
	programs, err := filepath.Glob(filepath.Join(root, "docs/yaml/*.yaml"))
	check(err)
	examples := map[string]string{}
	for _, file := range programs {
		examples[strings.TrimSuffix(filepath.Base(file), ".yaml")] = example(file, packageIn(root))
	}
	text, err := json.MarshalIndent(examples, "", "  ")
	check(err)
	check(os.WriteFile(target, append(text, '\n'), 0o644))
}

// One program in all languages, under its description.
func example(file string, loader schema.ReferenceLoader) string {
	text, err := os.ReadFile(file)
	check(err)
	header, body, _ := strings.Cut(string(text), "description: ")
	title, body, _ := strings.Cut(body, "\n")
	markdown := "### " + title + "\n"
	for _, language := range languages {
		// A generator may change the program that it is given.
		template, problems, err := pulumiyaml.LoadYAMLBytes(file, []byte(header+body))
		check(err)
		if problems.HasErrors() {
			log.Fatal(problems)
		}
		program, diagnostics, err := yaml.EjectProgram(template, loader)
		if diagnostics.HasErrors() {
			log.Fatal(file, ": ", diagnostics)
		}
		check(err)
		files, diagnostics, err := language.generate(program)
		check(err)
		if diagnostics.HasErrors() {
			log.Fatal(file, ": ", diagnostics)
		}
		for _, source := range files {
			markdown += block(language.fence, corrected(language.fence, string(source)))
		}
	}
	return "{{% example %}}\n" + markdown + block("yaml", body) + "{{% /example %}}\n"
}

// What a generator cannot know, or gets wrong.
func corrected(fence, source string) string {
	switch fence {
	case "typescript":
		// Our own package answers undefined for somebody whom nobody has invited.
		source = strings.ReplaceAll(source, "linusVar.status", "linusVar?.status")
		// It has the values themselves in place of enums.
		return choice.ReplaceAllStringFunc(source, func(value string) string {
			return `"` + strings.ToLower(value[strings.LastIndex(value, ".")+1:]) + `"`
		})
	case "go":
		// A function without inputs takes none.
		source = strings.ReplaceAll(source, "(ctx, map[string]interface{}{}, nil)", "(ctx)")
		// A function answers plain values, and an output takes none.
		for _, answer := range goAnswers.FindAllStringSubmatch(source, -1) {
			property := regexp.MustCompile(`\b` + answer[1] + `\.\w+`)
			source = property.ReplaceAllString(source, "pulumi.Any($0)")
		}
		return source
	case "csharp":
		// A member of a roster is an address or a row, and no array of addresses becomes a list of those.
		return strings.ReplaceAll(source, "Members = new[]", "Members = new Union<string, HeadshotPro.Inputs.RosterMemberArgs>[]")
	case "java":
		return correctedJava(source)
	default:
		return source
	}
}

var (
	choice = regexp.MustCompile(`headshotpro\.Roster(Format|Unmanaged)\.\w+`)
	// Each program imports these, whether it uses them or not.
	unusedImports = regexp.MustCompile(`import (java\.\S+|com\.pulumi\.core\.Output);\n`)
	noArguments   = regexp.MustCompile(`\(%!v\(PANIC=.*`)
	goAnswers     = regexp.MustCompile(`(\w+), err :?= headshotpro\.Get`)
	answers       = regexp.MustCompile(`final var (\w+) = HeadshotproFunctions`)
	members       = regexp.MustCompile(`(?s)\.members\(.*?"\)`)
	address       = regexp.MustCompile(`"\S+@\S+?"`)
)

func correctedJava(source string) string {
	source = strings.Replace(source, "package generated_program;", "package people;", 1)
	source = unusedImports.ReplaceAllString(source, "")
	source = noArguments.ReplaceAllString(source, "();")
	// A function answers an Output.
	for _, answer := range answers.FindAllStringSubmatch(source, -1) {
		property := regexp.MustCompile(`\b` + answer[1] + `\.(\w+)\(\)`)
		source = property.ReplaceAllString(source, answer[1]+".applyValue(result -> result.$1())")
	}
	// A member of a roster is an address or a row.
	if !members.MatchString(source) {
		return source
	}
	source = members.ReplaceAllStringFunc(source, func(list string) string {
		return address.ReplaceAllString(strings.Replace(list, "(            \n", "(\n", 1), "Either.ofLeft($0)")
	})
	return strings.Replace(source, "import com.pulumi.Pulumi;\n", "import com.pulumi.Pulumi;\nimport com.pulumi.core.Either;\n", 1)
}

func block(fence, source string) string {
	return "```" + fence + "\n" + strings.TrimSpace(source) + "\n```\n"
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
